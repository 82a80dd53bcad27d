import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../local/processes/process";
import { terraformEnvironment } from "../../local/terraform/provider-mirror";
import { ScratchRepository } from "./release-repository";

jest.setTimeout(60_000);

let repository: ScratchRepository;
let folder: string;

beforeEach(async () => {
  repository = new ScratchRepository({
    "source/main.tf": 'output "zip" {\n  value = filesha256("${path.module}/forwarder.zip")\n}\n',
    "source/forwarder.zip": "the first\n",
  });
  folder = await mkdtemp(join(tmpdir(), "user-"));
});

afterEach(async () => {
  repository.remove();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");

/** What a user of the tag gets as the module's output, in a folder that holds nothing else. */
async function outputAt(tag: string): Promise<string> {
  const source = `git::file://${repository.path}?ref=${tag}`;
  const configuration = `module "logs" {\n  source = "${source}"\n}\n\noutput "zip" {\n  value = module.logs.zip\n}\n`;
  await writeFile(join(folder, "main.tf"), configuration);
  const env = await terraformEnvironment();
  await run("terraform", [`-chdir=${folder}`, "init", "-input=false", "-no-color"], { env });
  await run("terraform", [`-chdir=${folder}`, "apply", "-input=false", "-no-color", "-auto-approve"], { env });
  return run("terraform", [`-chdir=${folder}`, "output", "-raw", "zip"], { env });
}

describe("a released tag", () => {
  it("is a module's source, and stays what it was when the next one is released", async () => {
    repository.release("1.0.0");
    repository.write({ "source/forwarder.zip": "the second\n" });
    repository.declare("2.0.0");
    repository.release("2.0.0");
    expect(await outputAt("v1.0.0")).toBe(sha256("the first\n"));
    expect(await outputAt("v2.0.0")).toBe(sha256("the second\n"));
  });
});

import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "../../../local/terraform/provider-mirror";
import { writeModule } from "../../../registry/module";
import { run } from "../../../tools/processes/process";
import { initializedStack } from "../../support/terraform";
import { ScratchRepository } from "./repository";

jest.setTimeout(180_000);

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

const sourceAt = (tag: string, path = ""): string => `git::file://${repository.path}${path}?ref=${tag}`;

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");

/** The output of the module, called from a folder of its own. */
async function outputAt(tag: string): Promise<string> {
  const configuration = {
    module: { logs: { source: sourceAt(tag) } },
    output: { zip: { value: "${module.logs.zip}" } },
  };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  const env = await terraformEnvironment();
  await run("terraform", [`-chdir=${folder}`, "init", "-input=false", "-no-color"], { env });
  await run("terraform", [`-chdir=${folder}`, "apply", "-input=false", "-no-color", "-auto-approve"], { env });
  return run("terraform", [`-chdir=${folder}`, "output", "-raw", "zip"], { env });
}

describe("a released tag", () => {
  it("is the source of a module, and does not change when the next version is released", async () => {
    repository.release("1.0.0");
    repository.write({ "source/forwarder.zip": "the second\n" });
    repository.declare("2.0.0");
    repository.release("2.0.0");
    expect(await outputAt("v1.0.0")).toBe(sha256("the first\n"));
    expect(await outputAt("v2.0.0")).toBe(sha256("the second\n"));
  });

  it("of the emitted module plans the pipeline, and its archive, in an empty folder", async () => {
    writeModule(join(repository.path, "source"));
    repository.declare("1.0.1");
    expect(repository.release("1.0.1")).toMatchObject({ status: 0, stderr: "" });

    const logs = { source: sourceAt("v1.0.1"), log_groups: { "/app/checkout": {} } };
    const archive = { source: sourceAt("v1.0.1", "//modules/log-archive") };
    const configuration = { terraform: { backend: { local: {} } }, provider: { aws: {} }, module: { logs, archive } };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
    const stack = await initializedStack(folder, async () => {});
    try {
      expect((await stack.plan()).summary).toBe(`Plan: ${7 + 6 + 7} to add, 0 to change, 0 to destroy.`);
    } finally {
      await stack.remove();
    }
  });
});

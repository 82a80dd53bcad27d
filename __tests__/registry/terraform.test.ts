import { join } from "node:path";
import { run } from "../../tools/processes/process";
import { sharedProviderEnvironment } from "../support/offline-aws";
import type { TerraformFolder } from "../support/terraform";
import { emittedModule } from "./support/module";

jest.setTimeout(600_000);

let emitted: TerraformFolder;

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

async function terraform(folder: string, ...args: string[]): Promise<string> {
  const env = await sharedProviderEnvironment();
  return run("terraform", [`-chdir=${join(emitted.directory, folder)}`, ...args], { env });
}

describe("the emitted module", () => {
  it("is laid out as terraform fmt lays it out, as are its tests and examples", async () => {
    expect(await terraform("", "fmt", "-check", "-recursive", "-no-color")).toBe("");
  });

  it.each([
    "",
    "modules/log-archive",
    "modules/archive-queries",
    "modules/access-logs",
    "modules/firehose-s3",
    "modules/firehose-search",
  ])('passes the tests that it is published with: "%s"', async (folder) => {
    await terraform(folder, "init", "-input=false", "-no-color");

    expect(await terraform(folder, "test", "-no-color")).toMatch(/^Success! [1-9]\d* passed, 0 failed\.$/m);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIndexSettings } from "../../../tools/usage/index-settings-file";
import type { UsageError } from "../../../tools/usage/usage-error";
import { ValidationErrors } from "../../../tools/usage/validation-errors";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "index-settings-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(path: string) {
  const errors = new ValidationErrors();
  const settings = readIndexSettings(path, errors);
  try {
    errors.throwIfAny();
  } catch (error) {
    return { settings, errors: (error as UsageError).errors };
  }
  return { settings, errors: [] };
}

function file(json: string): string {
  const path = join(folder, "index-settings.json");
  writeFileSync(path, json);
  return path;
}

describe("readIndexSettings", () => {
  it("reads what terraform output prints", () => {
    const names = { name: "logs", prefix: "cwl-", period: "day", indices: {}, history: [] };
    const others = { retention_days: 0, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "none" };
    const { settings, errors } = read(file(JSON.stringify({ ...names, ...others }, null, 2)));
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({ prefix: "cwl-", period: "day" });
  });

  it("adds each mistake with the file's name", () => {
    const path = file("[]");
    const { settings, errors } = read(path);
    expect(settings).toBeUndefined();
    expect(errors).toEqual([expect.stringContaining(`--index-settings ${path}: The text is no JSON object.`)]);
  });

  it("says why a file cannot be read", () => {
    const path = join(folder, "missing.json");
    expect(read(path)).toEqual({
      settings: undefined,
      errors: [expect.stringContaining(`--index-settings ${path} cannot be read: ENOENT`)],
    });
  });
});

import { mkdtemp, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { takeSpillFiles } from "../../../../packages/node-logger/src/sender/spilled-lines";

jest.mock("node:timers/promises", () => ({ setTimeout: jest.fn(async () => {}) }));

describe("takeSpillFiles", () => {
  let folder: string;
  const failed = jest.fn<void, [string, unknown]>();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spilled-"));
    jest.mocked(wait).mockClear();
    failed.mockClear();
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Takes a file that was written so many seconds ago. */
  async function take(secondsAgo: number): Promise<string[]> {
    const path = join(folder, "spill");
    await writeFile(path, "{}\n");
    const at = Date.now() / 1000 - secondsAgo;
    await utimes(path, at, at);
    return takeSpillFiles(path, (to) => rename(path, to), true, failed);
  }

  it("takes a file at once that nobody writes to any more", async () => {
    const [taken] = await take(5);
    expect(await readFile(taken!, "utf8")).toBe("{}\n");
    expect(wait).not.toHaveBeenCalled();
  });

  it("takes again what was taken of this path, and nothing of a longer one", async () => {
    const end = "0f8fad5b-d9cb-469f-a165-70867728950e.taken";
    await writeFile(join(folder, `spill.${end}`), "earlier\n");
    await writeFile(join(folder, `spill.b.${end}`), "of another\n");
    const texts = await Promise.all((await take(5)).map((file) => readFile(file, "utf8")));
    expect(texts.sort()).toEqual(["earlier\n", "{}\n"]);
  });

  it("takes all others beside one that cannot be taken", async () => {
    const path = join(folder, "spill");
    await writeFile(`${path}.0f8fad5b-d9cb-469f-a165-70867728950e.taken`, "earlier\n");
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    const [taken] = await takeSpillFiles(path, () => Promise.reject(denied), true, failed);
    expect(await readFile(taken!, "utf8")).toBe("earlier\n");
    expect(failed.mock.calls).toEqual([[path, denied]]);
  });

  it("waits for another process that may still write to the file, a second at most", async () => {
    await take(0);
    await take(-1000);
    const times = jest.mocked(wait).mock.calls.map(([ms]) => ms!);
    expect(times).toHaveLength(2);
    for (const ms of times) {
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(1000);
    }
  });
});

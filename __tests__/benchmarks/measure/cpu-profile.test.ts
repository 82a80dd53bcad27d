import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { profiled, profileFlags } from "../../../benchmarks/measure/cpu-profile";

interface Profile {
  nodes: { callFrame: { functionName: string; url: string } }[];
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "profiles-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The functions in the only profile of the folder, which has this name. */
function functionsIn(name: string): { functionName: string; url: string }[] {
  expect(readdirSync(folder)).toEqual([name]);
  const { nodes } = JSON.parse(readFileSync(join(folder, name), "utf8")) as Profile;
  return nodes.map(({ callFrame }) => callFrame);
}

/** Which of its functions a sample meets depends on what the compiler inlines. */
const ofThisFile = expect.objectContaining({ url: expect.stringContaining(basename(__filename)) });

/** Works for so long that the profiler takes samples of it. */
function busyWork(): void {
  for (const end = performance.now() + 50; performance.now() < end; );
}

describe("profileFlags", () => {
  it("makes a process write its profile under the label's name, even if it exits by itself", () => {
    const code = `(${String(busyWork).replace("busyWork", "childWork")})(); process.exit();`;
    execFileSync(process.execPath, [...profileFlags(folder, "core access logs (text); 640 × 50"), "-e", code]);
    expect(functionsIn("core-access-logs-text-640-50.cpuprofile")).toContainEqual(
      expect.objectContaining({ functionName: "childWork" }),
    );
  });

  it("is empty without a folder", () => {
    expect(profileFlags(undefined, "core")).toEqual([]);
  });
});

describe("profiled", () => {
  it("writes the profile of this process, and returns the work's result", async () => {
    const result = await profiled(folder, "pipeline", async () => {
      busyWork();
      return 17;
    });
    expect(result).toBe(17);
    expect(functionsIn("pipeline.cpuprofile")).toContainEqual(ofThisFile);
  });

  it("writes the profile of work that fails", async () => {
    const failing = async () => {
      busyWork();
      throw new Error("it failed");
    };
    await expect(profiled(folder, "pipeline", failing)).rejects.toThrow("it failed");
    expect(functionsIn("pipeline.cpuprofile")).toContainEqual(ofThisFile);
  });

  it("writes nothing without a folder", async () => {
    expect(await profiled(undefined, "pipeline", async () => 17)).toBe(17);
    expect(readdirSync(folder)).toEqual([]);
  });
});

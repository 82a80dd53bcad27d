import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { highWaterKib, peakMib } from "../../../benchmarks/measure/peak-memory";
import { skippedUnless } from "../../support/skipped";

describe("highWaterKib", () => {
  it("reads the high-water mark of /proc", () => {
    expect(highWaterKib("VmPeak:\t  900 kB\nVmHWM:\t   39484 kB\nVmRSS:\t   100 kB\n")).toBe(39_484);
  });

  it("is undefined where /proc lacks it", () => {
    expect(highWaterKib("")).toBeUndefined();
  });
});

const onLinux = skippedUnless(process.platform === "linux", "Linux").it;

describe("peakMib", () => {
  it("counts memory that is no longer used", () => {
    const before = peakMib();
    Buffer.alloc(200 * 1024 ** 2, 1);
    expect(peakMib()).toBeGreaterThanOrEqual(Math.max(before, 200));
  });

  onLinux("does not count the parent process's memory", () => {
    Buffer.alloc(300 * 1024 ** 2, 1);
    const module = JSON.stringify(join(__dirname, "..", "..", "..", "benchmarks", "measure", "peak-memory.ts"));
    const code = `process.stdout.write(String(require(${module}).peakMib()))`;
    const said = execFileSync(process.execPath, ["--import", "tsx", "-e", code], { encoding: "utf8" });
    expect(Number(said)).toBeGreaterThan(10);
    expect(Number(said)).toBeLessThan(250);
  });
});

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { highWaterKib, peakMib } from "../../../benchmarks/measure/peak-memory";
import { skippedUnless } from "../../support/skipped";

describe("highWaterKib", () => {
  it("is what /proc says of the process", () => {
    expect(highWaterKib("VmPeak:\t  900 kB\nVmHWM:\t   39484 kB\nVmRSS:\t   100 kB\n")).toBe(39_484);
  });

  it("is unknown where /proc does not tell", () => {
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

  onLinux("counts nothing that the parent process has had", () => {
    Buffer.alloc(300 * 1024 ** 2, 1);
    const module = JSON.stringify(join(__dirname, "..", "..", "..", "benchmarks", "measure", "peak-memory.ts"));
    const code = `process.stdout.write(String(require(${module}).peakMib()))`;
    const said = execFileSync(process.execPath, ["--import", "tsx", "-e", code], { encoding: "utf8" });
    expect(Number(said)).toBeGreaterThan(10);
    expect(Number(said)).toBeLessThan(250);
  });
});

import { spawnSync } from "node:child_process";
import { OptionsError, parseOptions } from "../../soak/options";
import { repositoryRoot } from "../../tools/repository";

describe("parseOptions", () => {
  it.each([
    ["0.5", "0", { durationMs: 30_000, seed: 0 }],
    ["20", "4294967295", { durationMs: 1_200_000, seed: 4_294_967_295 }],
    ["1440", "17", { durationMs: 86_400_000, seed: 17 }],
  ])("takes --minutes %s --seed %s", (minutes, seed, options) => {
    expect(parseOptions({ minutes, seed }, 0.5)).toEqual(options);
  });

  it("makes a seed when none is given", () => {
    expect(parseOptions({ minutes: "3" }, 0.25)).toEqual({ durationMs: 180_000, seed: 2 ** 30 });
  });

  it.each(["", "0", "0.4", "1441", "-3", "1e2", "three", "Infinity", "0x10"])("refuses --minutes %j", (minutes) => {
    expect(() => parseOptions({ minutes }, 0)).toThrow(
      new OptionsError(`--minutes ${minutes} is not a number from 0.5 to 1440`),
    );
  });

  it.each(["", "-1", "1.5", "4294967296", "abc", "99999999999"])("refuses --seed %j", (seed) => {
    expect(() => parseOptions({ minutes: "3", seed }, 0)).toThrow(
      new OptionsError(`--seed ${seed} is not an integer from 0 to 4294967295`),
    );
  });
});

describe("npm run soak", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "soak/main.ts", ...args], {
      cwd: repositoryRoot,
      encoding: "utf8",
    });

  it("tells all mistakes at once and ends with 2, before anything starts", () => {
    expect(run("--minutes", "0", "--seed", "x")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "--minutes 0 is not a number from 0.5 to 1440\n--seed x is not an integer from 0 to 4294967295\n",
    });
  });

  it("refuses an option that does not exist, and ends with 2", () => {
    expect(run("--nonsense")).toMatchObject({ status: 2, stderr: expect.stringContaining("--nonsense") });
  });
});

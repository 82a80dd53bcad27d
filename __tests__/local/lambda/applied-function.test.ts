import { strToU8, zipSync } from "fflate";
import { AppliedFunction } from "../../../local/lambda/applied-function";
import type { FunctionConfiguration } from "../../../local/lambda/configuration";
import type { LoadError } from "../../../local/lambda/function";
import { until } from "../../support/until";

const zipWith = (handler: string) => zipSync({ "index.js": strToU8(`exports.handler = ${handler};`) });

const configuration = (changes: Partial<FunctionConfiguration> = {}): FunctionConfiguration => ({
  name: "foo",
  roleArn: "role",
  handler: "index.handler",
  environment: {},
  timeoutSeconds: 20,
  memoryMib: 256,
  codeSha256: "first",
  ...changes,
});

const lines: string[] = [];
const loadErrors: LoadError[] = [];
let applied: AppliedFunction;

beforeEach(() => {
  lines.length = 0;
  loadErrors.length = 0;
  applied = new AppliedFunction({
    environment: () => ({ OURS: "local", SHARED: "local" }),
    onLine: (line) => lines.push(line),
    onLoadError: (error) => loadErrors.push(error),
  });
});

afterEach(() => applied.stop());

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("AppliedFunction", () => {
  it("gives the function its own variables and those of this machine, which take precedence", async () => {
    const environment = { OWN: "a", SHARED: "a" };
    const show = zipWith("async () => [process.env.OWN, process.env.OURS, process.env.SHARED]");
    await applied.apply(configuration({ environment }), async () => show);
    await expect(applied.invoke({})).resolves.toEqual({ payload: ["a", "local", "local"] });
  });

  it("runs new invocations on the applied version, and lets those in flight end on theirs", async () => {
    const handler = (text: string) =>
      zipWith(`async ({ ms }) => {
      console.log(process.pid);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return "${text}";
    }`);
    await applied.apply(configuration(), async () => handler("before"));
    const inFlight = applied.invoke({ ms: 700 });
    await until(() => lines.length > 0);

    await applied.apply(configuration({ codeSha256: "second" }), async () => handler("after"));

    await expect(applied.invoke({ ms: 0 })).resolves.toEqual({ payload: "after" });
    await expect(inFlight).resolves.toEqual({ payload: "before" });
    const old = Number(lines[0]);
    await until(() => !runs(old));
    expect(runs(old)).toBe(false);
  });

  it("fails what is in flight when it is killed, and runs on", async () => {
    const handler = zipWith(`async ({ ms }) => {
      console.log(process.pid);
      return new Promise((resolve) => setTimeout(resolve, ms, process.pid));
    }`);
    await applied.apply(configuration(), async () => handler);
    const inFlight = applied.invoke({ ms: 60_000 });
    await until(() => lines.length > 0);
    await applied.kill();
    expect(await inFlight).toMatchObject({ functionError: "Unhandled" });
    const { payload } = await applied.invoke({ ms: 0 });
    expect(payload).not.toBe(Number(lines[0]));
  });

  it("fetches code only when it differs, and does nothing without a change", async () => {
    let fetched = 0;
    const fetchCode = async () => {
      fetched++;
      return zipWith("async () => process.pid");
    };
    await applied.apply(configuration(), fetchCode);
    const first = await applied.invoke({});
    await applied.apply(configuration(), fetchCode);
    expect(await applied.invoke({})).toEqual(first);
    await applied.apply(configuration({ memoryMib: 512 }), fetchCode);
    expect(await applied.invoke({})).not.toEqual(first);
    expect(fetched).toBe(1);
  });

  it("runs unchanged when new code cannot be unpacked", async () => {
    await applied.apply(configuration(), async () => zipWith("async () => 1"));
    const broken = applied.apply(configuration({ codeSha256: "second" }), async () => new Uint8Array(30));
    await expect(broken).rejects.toThrow("invalid zip data");
    await expect(applied.invoke({})).resolves.toEqual({ payload: 1 });
    expect(applied.configuration).toEqual(configuration());
  });

  it("reports code that cannot be loaded before it is invoked, and logs errors of invocations", async () => {
    await applied.apply(configuration({ handler: "index.nope" }), async () => zipWith("async () => 1"));
    await until(() => loadErrors.length > 0);
    expect(loadErrors).toMatchObject([{ errorType: "Runtime.HandlerNotFound" }]);
    await applied.invoke({});
    expect(lines).toEqual([expect.stringMatching(/^ERROR \{"errorType":"Runtime\.HandlerNotFound"/)]);
  });

  it("ends when the invocations in flight have ended, and accepts no further ones", async () => {
    const slow = zipWith("async () => new Promise((resolve) => setTimeout(resolve, 300, process.pid))");
    await applied.apply(configuration(), async () => slow);
    const inFlight = applied.invoke({});
    const ended = applied.end();
    await expect(applied.invoke({})).rejects.toThrow("the function does not run");
    const { payload } = await inFlight;
    await ended;
    expect(payload).toEqual(expect.any(Number));
    expect(runs(payload as number)).toBe(false);
  });

  it("fails invocations before the first apply and after the stop", async () => {
    await expect(applied.invoke({})).rejects.toThrow("the function does not run");
    await applied.apply(configuration(), async () => zipWith("() => new Promise(() => {})"));
    const inFlight = applied.invoke({});
    await applied.stop();
    await expect(inFlight).resolves.toMatchObject({ payload: { errorType: "Runtime.ExitError" } });
    await expect(applied.invoke({})).rejects.toThrow("the function does not run");
    expect(loadErrors).toEqual([]);
  });
});

import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { type FunctionOptions, type LambdaFunction, startFunction } from "../../../local/lambda/function";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";

let directory: TemporaryDirectory;
let started: LambdaFunction[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterEach(async () => {
  await Promise.all(started.map((one) => one.stop()));
  started = [];
});

afterAll(() => directory.remove());

/** A function whose handler is the given source of a JavaScript function. */
async function start(handler: string, options: Partial<FunctionOptions> = {}): Promise<LambdaFunction> {
  const zip = join(directory.path, "function.zip");
  await writeFile(zip, zipSync({ "index.js": strToU8(`exports.handler = ${handler};`) }));
  const environment = { INDEX_PREFIX: "cwl-" };
  const lambda = await startFunction({ zip, environment, timeoutSeconds: 20, memoryMib: 256, ...options });
  started.push(lambda);
  return lambda;
}

describe("startFunction", () => {
  it("passes the event and returns the handler's result", async () => {
    const lambda = await start("async (event) => ({ seen: event })");
    await expect(lambda.invoke({ a: "ü" })).resolves.toEqual({ payload: { seen: { a: "ü" } } });
  });

  it("returns null for a handler that returns nothing", async () => {
    const lambda = await start("async () => {}");
    await expect(lambda.invoke({})).resolves.toEqual({ payload: null });
  });

  it("gives the function its own variables and Lambda's, and nothing of this process's environment", async () => {
    process.env.ONLY_THE_PARENTS = "secret";
    const lambda = await start("async () => process.env", { name: "logging-pipeline_foo" });

    const { payload } = await lambda.invoke({});

    delete process.env.ONLY_THE_PARENTS;
    expect(payload).toEqual({
      INDEX_PREFIX: "cwl-",
      PATH: process.env.PATH,
      TZ: ":UTC",
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_NAME: "logging-pipeline_foo",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/logging-pipeline_foo",
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      LAMBDA_TASK_ROOT: expect.any(String),
      _HANDLER: "index.handler",
    });
  });

  it("gives the handler its context with the time that is left", async () => {
    const lambda = await start(
      "async (_, context) => ({ ...context, remainingMs: context.getRemainingTimeInMillis(), getRemainingTimeInMillis: 0 })",
    );

    const { payload } = await lambda.invoke({});

    expect(payload).toMatchObject({
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionName: "forwarder",
      invokedFunctionArn: expect.stringMatching(/^arn:aws:lambda:eu-central-1:\d{12}:function:forwarder$/),
      memoryLimitInMB: "256",
    });
    const { remainingMs } = payload as { remainingMs: number };
    expect(remainingMs).toBeGreaterThan(10_000);
    expect(remainingMs).toBeLessThanOrEqual(20_000);
  });

  it("describes what the handler threw", async () => {
    const lambda = await start('async () => { throw new RangeError("too large"); }');
    await expect(lambda.invoke({})).resolves.toEqual({
      functionError: "Unhandled",
      payload: { errorType: "RangeError", errorMessage: "too large", trace: expect.any(Array) },
    });
  });

  it("describes what was thrown while the function was loaded", async () => {
    const lambda = await start('(() => { throw new Error("SEARCH_ENDPOINT is not set"); })()');
    await expect(lambda.invoke({})).resolves.toMatchObject({
      functionError: "Unhandled",
      payload: { errorMessage: "SEARCH_ENDPOINT is not set" },
    });
  });

  it.each([
    ["index.other", "Runtime.HandlerNotFound", "index.other is undefined or not exported"],
    ["index.value", "Runtime.HandlerNotFound", "index.value is not a function"],
    ["main.handler", "Runtime.ImportModuleError", expect.stringContaining("Cannot find module")],
    ["handler", "Runtime.MalformedHandlerName", "Bad handler"],
  ])("reports before the first event that there is no handler %s", async (handler, errorType, errorMessage) => {
    const lambda = await start("async () => 1; exports.value = 1", { handler });
    await expect(lambda.load()).resolves.toMatchObject({ errorType, errorMessage });
    await expect(lambda.invoke({})).resolves.toMatchObject({
      functionError: "Unhandled",
      payload: { errorType, errorMessage },
    });
  });

  it("reports before the first event that the code is not JavaScript, or ends its process", async () => {
    await expect((await start("async () => {")).load()).resolves.toMatchObject({
      errorType: "Runtime.UserCodeSyntaxError",
      errorMessage: expect.stringContaining("SyntaxError"),
    });
    await expect((await start("process.exit(4)")).load()).resolves.toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringContaining("exit status 4"),
    });
  });

  it("handles the first event in the process that was started ahead", async () => {
    const lambda = await start("(console.log('loaded'), async () => process.pid)", {
      onLine: (line) => lines.push(line),
    });
    const lines: string[] = [];
    await expect(lambda.load()).resolves.toBeUndefined();
    await lambda.invoke({});
    await lambda.stop();
    expect(lines).toEqual(["loaded"]);
  });

  it("accepts the package itself, too, and folders in it", async () => {
    const zip = zipSync({
      "lib/": new Uint8Array(),
      "lib/index.js": strToU8("exports.handler = async () => 'unpacked';"),
    });
    const lambda = await start("", { zip, handler: "lib/index.handler" });
    await expect(lambda.invoke({})).resolves.toEqual({ payload: "unpacked" });
  });

  it.each([
    ["waits", "new Promise(() => {})"],
    ["never lets go", "(() => { for (;;); })()"],
  ])("kills a handler that %s for longer than the timeout, and continues in a new process", async (_, forever) => {
    const lambda = await start(`async (event) => event.forever ? ${forever} : process.pid`, { timeoutSeconds: 3 });
    const { payload: first } = await lambda.invoke({});

    const timedOut = await lambda.invoke({ forever: true });
    const { payload: second } = await lambda.invoke({});

    expect(timedOut).toEqual({
      functionError: "Unhandled",
      payload: {
        errorType: "Sandbox.Timedout",
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 3.00 seconds$/),
      },
    });
    expect(second).not.toBe(first);
    expect(() => process.kill(first as number, 0)).toThrow("ESRCH");
  });

  it("times out when it is frozen, and continues in a new process", async () => {
    const lambda = await start("async (event) => new Promise((resolve) => setTimeout(resolve, event.ms, 'done'))", {
      timeoutSeconds: 3,
    });
    await lambda.invoke({ ms: 0 });

    const frozen = lambda.invoke({ ms: 100 });
    lambda.freeze();

    await expect(frozen).resolves.toMatchObject({ payload: { errorType: "Sandbox.Timedout" } });
    await expect(lambda.invoke({ ms: 0 })).resolves.toEqual({ payload: "done" });
  });

  it("does not count the time in which it loads", async () => {
    const load = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)";
    const lambda = await start(`(${load}, async (_, context) => context.getRemainingTimeInMillis())`, {
      timeoutSeconds: 1,
    });
    await expect(lambda.invoke({})).resolves.toEqual({ payload: expect.any(Number) });
  });

  it("times out when it does not load within 10 seconds and the timeout", async () => {
    const lambda = await start("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", { timeoutSeconds: 1 });
    await expect(lambda.invoke({})).resolves.toMatchObject({ payload: { errorType: "Sandbox.Timedout" } });
  });

  it("reports a process that exits, and continues in a new one", async () => {
    const lambda = await start("async (event) => event.exit ? process.exit(3) : 'alive'");
    await expect(lambda.invoke({ exit: true })).resolves.toMatchObject({
      functionError: "Unhandled",
      payload: { errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("exit status 3") },
    });
    await expect(lambda.invoke({})).resolves.toEqual({ payload: "alive" });
  });

  it("does not let the heap grow beyond the memory size", async () => {
    const lambda = await start("async () => require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20");
    const { payload } = await lambda.invoke({});
    expect(payload).toBeGreaterThanOrEqual(256);
    expect(payload).toBeLessThan(400);
  });

  it("uses a process again when it is idle, and another one at the same time", async () => {
    const lambda = await start("async () => process.pid");
    const pids = async (...results: ReturnType<LambdaFunction["invoke"]>[]) =>
      (await Promise.all(results)).map(({ payload }) => payload);
    const [first] = await pids(lambda.invoke({}));
    const [again, other] = await pids(lambda.invoke({}), lambda.invoke({}));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it("fails the invocation whose process is killed, and serves the next", async () => {
    const lambda = await start(
      "async (event) => event.wait ? (console.log('working'), new Promise(() => {})) : 'alive'",
      {
        onLine: () => lambda.kill(),
      },
    );
    await expect(lambda.invoke({ wait: true })).resolves.toMatchObject({
      payload: { errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("SIGKILL") },
    });
    await expect(lambda.invoke({})).resolves.toEqual({ payload: "alive" });
  });

  it("passes on the function's log lines", async () => {
    const lines: string[] = [];
    const lambda = await start("async () => console.log('delivered')", { onLine: (line) => lines.push(line) });
    await lambda.invoke({});
    await lambda.stop();
    expect(lines).toEqual(["delivered"]);
  });

  it("runs on the Node.js it is given", async () => {
    const lambda = await start("async () => 1", { nodePath: join(directory.path, "node22") });
    await expect(lambda.invoke({})).resolves.toMatchObject({
      payload: { errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("node22 ENOENT") },
    });
  });

  it("deletes the unpacked package when it stops", async () => {
    const lambda = await start("async () => __dirname");
    const { payload } = await lambda.invoke({});
    expect(readdirSync(payload as string)).toEqual(["index.js"]);
    await lambda.stop();
    expect(existsSync(payload as string)).toBe(false);
  });
});

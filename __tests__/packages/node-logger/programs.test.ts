import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { acceptedLines, InstalledLogger } from "../../support/installed-logger";
import { type KinesisServer, startKinesis } from "../../support/kinesis-server";

let project: InstalledLogger;
let kinesis: KinesisServer;

beforeAll(() => {
  project = new InstalledLogger();
});
afterAll(() => project.remove());
beforeEach(async () => {
  kinesis = await startKinesis("app");
});
afterEach(() => kinesis.stop());

const messages = () => acceptedLines(kinesis).map(({ message }) => message);
const THROTTLED = () => "ProvisionedThroughputExceededException";

/** Makes a logger; `options` are its own. */
const logger = (options: object) => `
const { KinesisLogger, flushing } = require("aws-logging-pipeline-logger");
const logger = new KinesisLogger("app", ${JSON.stringify({ bufferSeconds: 900, ...options })});
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** Starts a program with such a logger. */
function start(name: string, options: object, source: string) {
  project.write(name, logger(options) + source);
  return project.start(name, kinesis);
}

describe("the package, installed into an empty project", () => {
  const readme = () => readFileSync(project.path("node_modules/aws-logging-pipeline-logger/README.md"), "utf8");
  const examples = () => [...readme().matchAll(/```js\n(.*?)```/gs)].map(([, source]) => source!);

  it("has README's examples as ES modules: logger, pino in a worker, pino in its own thread, winston, Lambda", async () => {
    expect(examples()).toHaveLength(5);
    const calls = ["", 'logger.info("by pino");', 'logger.info("by pino, too");', 'logger.info("by winston");'];
    calls.push('await handler({ Records: [1] }, {}); console.log("returned"); setInterval(() => {}, 1e6);');
    const programs = examples().map((source, i) => {
      project.write(`example-${i}.mjs`, `${source}\n${calls[i]}`);
      return project.start(`example-${i}.mjs`, kinesis);
    });
    expect(await programs[4]!.line()).toBe("returned");
    expect(messages()).toContain("invoked");
    programs[4]!.signal("SIGKILL");
    const ends = await Promise.all(programs.slice(0, 4).map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(messages().sort()).toEqual([
      "by pino",
      "by pino, too",
      "by winston",
      "invoked",
      "payment failed",
      "started",
    ]);
  });

  it("has the same for CommonJS, in one copy for both, and types for both", async () => {
    project.write(
      "both.js",
      `${logger({})}
      const { pinoDestination } = require("aws-logging-pipeline-logger/pino");
      const { WinstonTransport } = require("aws-logging-pipeline-logger/winston");
      logger.info([typeof pinoDestination, typeof WinstonTransport].join());
      import("aws-logging-pipeline-logger").then((module) => console.log(module.KinesisLogger === KinesisLogger));`,
    );
    const both = project.start("both.js", kinesis);
    expect(await both.line()).toBe("true");
    expect((await both.ended).code).toBe(0);
    expect(messages()).toEqual(["function,function"]);

    const typed = `
      import { KinesisLogger, flushing, type LoggerStats } from "aws-logging-pipeline-logger";
      import pinoTransport, { pinoDestination } from "aws-logging-pipeline-logger/pino";
      import { WinstonTransport } from "aws-logging-pipeline-logger/winston";
      const logger = new KinesisLogger("app", { compress: "gzip", onWarning: ({ kind }) => console.log(kind.length) });
      logger.info("a", { b: 1 }); logger.error(new Error("c")); logger.warn({ d: 1 }, "e");
      const stats: LoggerStats = logger.stats();
      export const handler = flushing(async (event: { a: number }) => event.a + stats.pending);
      export const made = [pinoTransport, pinoDestination({ stream: "a" }), new WinstonTransport({ deliveryStream: "b", level: "info" })];
      // @ts-expect-error no such option
      new KinesisLogger("app", { bufferSecond: 1 });
    `;
    project.write("typed.mts", typed);
    project.write("typed.cts", typed);
    const options = {
      strict: true,
      noEmit: true,
      module: "NodeNext",
      target: "ES2022",
      skipLibCheck: true,
      types: ["node"],
    };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions: options, files: ["typed.mts", "typed.cts"] }));
    project.write("tsc.js", 'process.argv.push("-p", "."); require("./node_modules/typescript/lib/tsc.js");');
    const tsc = project.start("tsc.js", kinesis);
    expect(await tsc.ended).toMatchObject({ code: 0 });
  });
});

describe("the example of a web server", () => {
  it("logs requests with status and duration, and errors, and sends what is left on SIGTERM", async () => {
    const example = join(__dirname, "../../../examples/web-server-node/server.js");
    project.write("server.mjs", readFileSync(example, "utf8"));
    const server = project.start("server.mjs", kinesis, { LOG_STREAM: "app", PORT: "0" });
    const [, origin] = (await server.line()).match(/^listening on (\S+)$/)!;
    const statuses: number[] = [];
    for (const path of ["/", "/error", "/missing?x=\u{1F600}"]) statuses.push((await fetch(origin + path)).status);
    expect(statuses).toEqual([200, 500, 404]);
    server.signal("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0, stderr: "" });
    // Records arrive in any order.
    const lines = acceptedLines(kinesis).sort((a, b) => String(a["@timestamp"]).localeCompare(String(b["@timestamp"])));
    expect(lines).toMatchObject([
      { message: "started", "service.name": "shop", "labels.example": "web-server-node" },
      {
        message: "GET / 200",
        "log.level": "info",
        "event.duration": expect.any(Number),
        "event.outcome": "success",
        http: { request: { method: "GET" }, response: { status_code: 200 } },
        url: { original: "/" },
      },
      {
        message: "GET /error failed",
        "log.level": "error",
        "error.type": "Error",
        "error.message": "the shop is closed",
        "event.outcome": "failure",
        http: { response: { status_code: 500 } },
      },
      { message: "GET /missing?x=%F0%9F%98%80 404", http: { response: { status_code: 404 } } },
      { message: "stopped" },
    ]);
  });
});

describe("a program that ends", () => {
  it("by itself, has all its lines sent, by pino's worker too", async () => {
    const plain = start("ends.js", {}, 'for (let i = 0; i < 1000; i++) logger.info("line " + i);');
    project.write(
      "pino-exits.js",
      `
      const logger = require("pino")({ transport: { target: "aws-logging-pipeline-logger/pino", options: { stream: "app" } } });
      for (let i = 0; i < 1000; i++) logger.info("pino " + i);
      setTimeout(() => process.exit(3), 500);`,
    );
    const pino = project.start("pino-exits.js", kinesis);
    expect(await plain.ended).toMatchObject({ code: 0, stderr: "" });
    expect(await pino.ended).toMatchObject({ code: 3 });
    expect(new Set(messages()).size).toBe(2000);
  });

  it("by SIGTERM or SIGINT, has all its lines sent, and ends by that signal", async () => {
    const source = 'logger.info(process.env.SAYS ?? "line"); setInterval(() => {}, 1e6); console.log("up");';
    const signals = ["SIGTERM", "SIGINT"] as const;
    const programs = signals.map((signal) => start(`${signal}.js`, {}, source));
    // Many programs have this package loaded, whose listeners wait until no other is left.
    const signalExit = JSON.stringify(join(__dirname, "../../../node_modules/signal-exit"));
    programs.push(start("signal-exit.js", {}, `require(${signalExit})(() => console.log("hook")); ${source}`));
    for (const [i, program] of programs.entries()) {
      await program.line();
      program.signal(signals[i] ?? "SIGTERM");
    }
    const ends = await Promise.all(programs.map(({ ended }) => ended));
    expect(ends.map(({ signal }) => signal)).toEqual(["SIGTERM", "SIGINT", "SIGTERM"]);
    expect(messages()).toEqual(["line", "line", "line"]);
  });

  it("by a listener of its own, ends as that says", async () => {
    const program = start(
      "own.js",
      {},
      `
      process.on("SIGTERM", async () => { logger.info("ending"); await logger.close(); process.exit(7); });
      setInterval(() => {}, 1e6); console.log("up");`,
    );
    await program.line();
    program.signal("SIGTERM");
    expect(await program.ended).toMatchObject({ code: 7 });
    expect(messages()).toEqual(["ending"]);
  });

  it("ends at once at the second signal, and in time if no call is answered", async () => {
    kinesis.reject = THROTTLED;
    const source = 'logger.info("line"); setInterval(() => {}, 1e6); console.log("up");';
    const twice = start("twice.js", { flushSeconds: 900 }, source);
    await twice.line();
    twice.signal("SIGINT");
    while (kinesis.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    twice.signal("SIGINT");
    expect(await twice.ended).toMatchObject({ signal: "SIGINT" });
    const late = start("late.js", { flushSeconds: 0.2 }, 'logger.info("line");');
    const { code, stderr } = await late.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 lines for Kinesis stream "app" are lost: they were not sent in the time/);
  });

  it.each<[string, string, number]>([
    ["process.exit()", "process.exit(5);", 5],
    ["an uncaught exception", 'setTimeout(() => { throw new Error("oops"); });', 1],
  ])("by %s, keeps its lines in the spill file, and the next start sends them once", async (_, source, code) => {
    const spill = project.path(`spill-${code}`);
    const first = start(
      `exits-${code}.js`,
      { spill },
      `for (let i = 0; i < 500; i++) logger.info("line " + i); ${source}`,
    );
    expect(await first.ended).toMatchObject({ code });
    expect(readFileSync(spill, "utf8").match(/line \d+/g)).toHaveLength(500);
    const next = start(
      `next-${code}.js`,
      { spill },
      "wait(3000).then(() => console.log(JSON.stringify(logger.stats())));",
    );
    expect(JSON.parse(await next.line())).toMatchObject({ restored: 500, delivered: 500, pending: 0 });
    await next.ended;
    expect(new Set(messages()).size).toBe(500);
    expect(acceptedLines(kinesis)).toHaveLength(500);
    expect(existsSync(spill)).toBe(false);
  });

  it("by kill -9, loses the lines in memory, as many as stats() says, and none of the spill file", async () => {
    kinesis.reject = THROTTLED;
    const spill = project.path("spill-killed");
    const options = { spill, memoryBytes: 1_000_000, bufferSeconds: 0.1 };
    const killed = start(
      "killed.js",
      options,
      `
      (async () => {
        for (let i = 0; i < 3000; i++) {
          logger.info("line " + i, { text: "x".repeat(1000) });
          // No faster than the disk, or lines are dropped.
          while (logger.stats().pendingBytes > 850_000) await wait(1);
        }
        await wait(1000);
        console.log(JSON.stringify(logger.stats()));
        setInterval(() => {}, 1e6);
      })();`,
    );
    const { accepted, restored, pending, spilled, dropped } = JSON.parse(await killed.line());
    killed.signal("SIGKILL");
    await killed.ended;
    expect([accepted, pending + spilled - restored]).toEqual([3000, 3000]);
    expect(dropped).toMatchObject({ full: 0, exit: 0 });
    expect(spilled).toBeGreaterThan(1000);
    kinesis.reject = () => undefined;
    const next = start(
      "after-kill.js",
      options,
      "wait(3000).then(() => logger.close()).then(() => console.log(logger.stats().pending));",
    );
    expect(await next.line()).toBe("0");
    await next.ended;
    const lost = 3000 - new Set(acceptedLines(kinesis).map((line) => line["event.id"])).size;
    // Lines that were read back from the file stay in it until they are delivered.
    expect(lost).toBeLessThanOrEqual(pending);
    expect(lost).toBeGreaterThanOrEqual(pending - restored);
    expect(existsSync(spill)).toBe(false);
  });
});

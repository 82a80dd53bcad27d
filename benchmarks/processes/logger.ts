import { readFileSync } from "node:fs";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import pino, { type Logger } from "pino";
import { KinesisLogger } from "../../packages/node-logger/src";
import { pinoDestination } from "../../packages/node-logger/src/pino";
import { beyond, inRounds, median, ratio, warm } from "../measure/rounds";
import { sendRow } from "../report/table";

/** Rounds that count: a line's cost is a small difference, which others on the machine disturb. */
const ROUNDS = 41;

/** Lines of a pass. */
const LINES = 10_000;

const [transport, endpoint] = process.argv.slice(2) as [string, string];

const clientConfig = {
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
};
const target = { stream: "app", service: "shop", environment: "production" };

/** A client that does nothing, so that the library is measured alone. */
const nothing = {
  send: async ({ input }: { input: { Records: object[] } }) => ({
    Records: input.Records.map(() => ({ SequenceNumber: "1" })),
  }),
} as unknown as KinesisClient;

/**
 * CPU time of the application's own thread, in milliseconds: what a worker does disturbs nobody.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst: nanoseconds on the CPU come first.
 */
function threadMs(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
  return Number(nanoseconds) / 1e6;
}

function log(logger: Pick<Logger, "info">): void {
  for (let n = 0; n < LINES; n++) {
    logger.info({ request: { method: "GET", path: "/orders/1234", status: 200 }, duration: 12.5, n }, "request served");
  }
}

/** A pass of pino: it ends when all its lines were sent, which is part of the cost. */
const byPino = (logger: Logger) => () => {
  log(logger);
  return new Promise<void>((resolve) => logger.flush(() => resolve()));
};

function byKinesisLogger(options: object): () => Promise<boolean> {
  const logger = new KinesisLogger("app", { ...target, flushAtExit: false, ...options });
  return () => {
    log(logger as unknown as Pick<Logger, "info">);
    return logger.flush(60);
  };
}

async function main(): Promise<void> {
  const ownThread = (options: object) => byPino(pino(pinoDestination({ ...target, flushAtExit: false, ...options })));
  const ways = {
    pino: byPino(pino({}, { write: () => {} })),
    "pino to /dev/null": byPino(pino(pino.destination({ dest: "/dev/null", sync: true }))),
    "pino, in its own thread, without the SDK": ownThread({ client: nothing }),
    "pino, in its own thread": ownThread({ clientConfig }),
    "pino, in its own thread, gzip": ownThread({ clientConfig, compress: "gzip" }),
    "pino, by a worker": byPino(pino({ transport: { target: transport, options: { ...target, clientConfig } } })),
    "KinesisLogger, without the SDK": byKinesisLogger({ client: nothing }),
    KinesisLogger: byKinesisLogger({ clientConfig }),
  };
  for (const way of Object.values(ways)) await warm(way, threadMs);
  const rounds = await inRounds(ways, { count: ROUNDS, warmUps: 1, cpuMs: threadMs });
  for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
    const perLine = 1_000 / LINES;
    sendRow({
      logger: way,
      µs: median(rounds[way]) * perLine,
      "µs beyond pino": beyond(rounds, way, "pino") * perLine,
      "× pino": ratio(rounds, way, "pino"),
    });
  }
  process.exit();
}

void main();

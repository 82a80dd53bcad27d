import { openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../tools/random";
import { HOSTILE_MESSAGES } from "../traffic/hostile-messages";
import { message } from "../traffic/messages";
import { lineName } from "./line-ledger";
import { PAUSE, type ProgramSettings, type ProgramStats } from "./program-settings";

/** What this program uses of the package, which is loaded as it is published. */
interface Logger {
  info(text: string, fields: object): void;
  flush(seconds: number): Promise<boolean>;
  close(seconds: number): Promise<boolean>;
  stats(): ProgramStats;
}

const TICK_MS = 100;
const LINES = { fewest: 1, most: 9 };
const HOSTILE_SHARE = 0.02;

/** The emulator keeps all records in memory, and reads a shard in a time that grows with them. */
const MAX_TEXT = 20_000;
const RECORD_BYTES = 5_000;

/** How long the faults of a soak keep a line from being sent, at the most. */
const FLUSH_SECONDS = 120;

/** An application that logs until its standard input ends. */
async function main(settings: ProgramSettings): Promise<void> {
  const random = new Random(settings.seed);
  const { KinesisLogger, FirehoseLogger } = createRequire(__filename)(settings.package);
  const logger: Logger = new { kinesis: KinesisLogger, firehose: FirehoseLogger }[settings.service](settings.stream, {
    clientConfig: { region: settings.region, endpoint: settings.endpoint, maxAttempts: 1 },
    bufferSeconds: 0.5,
    // Firehose delivers a record as one document. Others are small, so that a call has several.
    ...(settings.service === "firehose" ? { pack: false } : { recordBytes: RECORD_BYTES }),
    // Few: a call that is frozen with the process must not be waited for until the flush's end.
    requestSeconds: 3,
    flushSeconds: FLUSH_SECONDS,
    onWarning: ({ message: warning }: { message: string }) => console.log(warning),
  });
  // Written at once, so that the ledger has what SIGKILL ends.
  const ledger = openSync(settings.ledger, "a");
  let logged = 0;
  let mode: "log" | "pause" | "end" = "log";
  process.stdin.on("data", () => {
    mode = PAUSE;
  });
  process.stdin.on("end", () => {
    mode = "end";
  });

  const log = () => {
    const make = random.chance(HOSTILE_SHARE) ? random.pick(Object.values(HOSTILE_MESSAGES)) : message;
    writeSync(ledger, `logged ${++logged}\n`);
    logger.info(lineName(settings.application, settings.life, logged), {
      labels: { text: make(logged, random).slice(0, MAX_TEXT) },
    });
  };
  const flush = async () => {
    const before = logged;
    if (await logger.flush(FLUSH_SECONDS)) writeSync(ledger, `flushed ${before}\n`);
  };

  let flushing: Promise<void> | undefined;
  while (mode === "log") {
    for (let n = random.integer(LINES.fewest, LINES.most); n > 0; n--) log();
    if (!flushing && random.chance(0.1)) {
      flushing = flush().finally(() => {
        flushing = undefined;
      });
    }
    await sleep(TICK_MS);
  }
  await flush();
  const stats = JSON.stringify(logger.stats());
  console.log(`stats ${stats}`);
  if (mode === "end") await logger.close(FLUSH_SECONDS);
}

void main(JSON.parse(process.env.PROGRAM!));

import { setTimeout as sleep } from "node:timers/promises";
import { awsClients } from "../../local/aws/clients";
import type { Emulator } from "../../local/emulator/emulator";
import { Random } from "../../tools/random";
import { linesOfParser, sampleObject } from "../../tools/sample-logs/objects";
import type { Verdict } from "../audit/verdict";
import { startCountingSink } from "./counting-sink";
import { type DraftObject, NO_LINES } from "./draft-object";
import { linesVerdict } from "./lines-verdict";
import { gzipMembers } from "./object-bodies";
import { type ObjectLane, type ObjectLaneOptions, startObjectLane } from "./object-lane";
import { drained } from "./object-queue";
import { eventsIn } from "./object-traffic";

export interface KillsOptions
  extends Pick<ObjectLaneOptions, "name" | "timeoutSeconds" | "visibilitySeconds" | "maxReceiveCount"> {
  /** How often the function is killed while it delivers. */
  readonly kills: number;
  /**
   * Messages on the queue until it has been killed that often, those included that are hidden after a kill: with few, it idles
   * until these are visible again.
   */
  readonly objects: number;
  /** Lines of each. */
  readonly lines: number;
  /** How long the sink takes for each request, of 64 KiB. */
  readonly answerMs: number;
  readonly seed: number;
}

/** What became of the objects when the function was killed again and again. */
export interface KillsReport {
  readonly verdict: Verdict;
  /** Invocations by their end. */
  readonly invocations: ReadonlyMap<string, number>;
  /** Lines that were sent although the sink had them. */
  readonly repeated: number;
  /** Messages that were redriven from the dead-letter queue. */
  readonly redriven: number;
}

/**
 * How long the number of messages may stay the same: some times as long as one is hidden whose function was killed, and as long as a
 * busy machine needs for one.
 */
const stallSeconds = ({ visibilitySeconds }: KillsOptions): number => Math.max(60, 4 * visibilitySeconds);

/**
 * Kills the function at random moments of its invocations, while it delivers objects of several gzip members to a sink that counts.
 * What ends in the dead-letter queue is redriven, and killed again; in the end, until nothing is left.
 *
 * @throws Error when messages are no longer delivered
 */
export async function deliverWhileKilled(emulator: Emulator, options: KillsOptions): Promise<KillsReport> {
  const random = new Random(options.seed);
  const sink = await startCountingSink(options.answerMs);
  const lane = await startObjectLane(awsClients(emulator.url), {
    ...options,
    ...{ maximumConcurrency: 2, batchSize: 1 },
    environment: {
      ...{ SEARCH_ENDPOINT: sink.url, AWS_ENDPOINT_URL_S3: emulator.url, AWS_ENDPOINT_URL_SQS: emulator.url },
      ...{ BULK_MAX_BYTES: String(64 * 1024), EVENT_ORIGINAL: "on" },
    },
  });
  try {
    const redriven = (await killAtRandom(lane, options, random)) + (await deliverRest(lane, options));
    const found = { documents: sink.documents(), rejected: [], tooLong: [], unreadable: [] };
    const invocations = new Map(lane.invocations.entries());
    return { verdict: linesVerdict(lane.ledger, found), invocations, repeated: sink.repeated, redriven };
  } finally {
    await lane.stop();
    await sink.stop();
  }
}

/** One is enough, unless the machine is so busy that invocations end without progress. */
const MAX_REDRIVES = 10;

/**
 * Waits for the rest, and redrives what is in the dead-letter queue, as long as something is.
 *
 * @returns how many messages were redriven
 * @throws Error when messages stay on either queue
 */
async function deliverRest(lane: ObjectLane, options: KillsOptions): Promise<number> {
  for (let redriven = 0, times = 0; times <= MAX_REDRIVES; times++) {
    if (!(await drained(lane.queue, stallSeconds(options)))) break;
    if ((await lane.queue.deadLetters()) === 0) return redriven;
    redriven += await lane.queue.redrive();
  }
  throw await stalled(lane);
}

const POLL_MS = 50;

/** Kills the function as often as asked for. @returns how many messages were redriven meanwhile */
async function killAtRandom(lane: ObjectLane, options: KillsOptions, random: Random): Promise<number> {
  let redriven = 0;
  for (let kills = 0; kills < options.kills; ) {
    redriven += await fillUntilRunning(lane, options, random);
    await sleep(random.next() * options.timeoutSeconds * 1000);
    const before = killed(lane);
    await lane.lambda.kill();
    // What has ended by itself meanwhile was not killed.
    await sleep(POLL_MS);
    if (killed(lane) > before) kills++;
  }
  return redriven;
}

const killed = ({ invocations }: ObjectLane): number => invocations.of("Runtime.ExitError");

/**
 * Keeps messages on the queue until one of them is being delivered.
 *
 * @throws Error when none is
 */
async function fillUntilRunning(lane: ObjectLane, options: KillsOptions, random: Random): Promise<number> {
  let redriven = 0;
  const begun = performance.now();
  do {
    redriven += await fill(lane, options, random);
    await sleep(POLL_MS);
    if (performance.now() - begun > stallSeconds(options) * 1000) throw await stalled(lane);
  } while (lane.running === 0);
  return redriven;
}

/** Of the missing messages, the first are those of the dead-letter queue: they are killed again. @returns how many these are */
async function fill(lane: ObjectLane, options: KillsOptions, random: Random): Promise<number> {
  const { queue, ledger } = lane;
  const missing = options.objects - (await queue.waiting());
  const redriven = missing > 0 ? await queue.redrive() : 0;
  for (let n = redriven; n < missing; n++) await lane.put(bigObject(ledger.objects.length, options, random));
  return redriven;
}

async function stalled({ queue, invocations }: ObjectLane): Promise<Error> {
  const ends = invocations.entries().map(([end, times]) => `${end} ${times}`);
  return new Error(
    `${await queue.waiting()} messages stay on the queue, ${await queue.deadLetters()} in the dead-letter queue; invocations ended with: ${ends.join(", ")}`,
  );
}

function bigObject(n: number, { lines }: KillsOptions, random: Random): DraftObject {
  const pool = linesOfParser("alb_access", 50, n);
  // A field that AWS may add: it tells a line from every other one.
  const written = Array.from({ length: lines }, (_, line) => `${pool[line % pool.length]!} "${n}/${line}"`);
  const { key, text } = sampleObject("alb_access", written);
  const bytes = Buffer.from(text);
  const { body } = gzipMembers(bytes, random);
  return {
    ...{ key: `${n}/${key}`, body, ...eventsIn(bytes, "alb_access"), perhaps: NO_LINES },
    ...{ hasTexts: true, unreadable: "never" },
  };
}

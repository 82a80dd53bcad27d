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
  /** Objects that wait at a time until it has been killed that often. */
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

/** How long the number of messages may stay the same, as a multiple of the time for which one that was killed is hidden. */
const STALL_FACTOR = 4;

/**
 * Kills the function at random moments of its invocations, while it delivers objects of several gzip members to a sink that counts.
 * What ends in the dead-letter queue is redriven, once nothing else is left.
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
    await killAtRandom(lane, options, random);
    const redriven = await deliverRest(lane, STALL_FACTOR * options.visibilitySeconds);
    const found = { documents: sink.documents(), rejected: [], tooLong: [], unreadable: [] };
    const invocations = new Map(lane.invocations.entries());
    return { verdict: linesVerdict(lane.ledger, found), invocations, repeated: sink.repeated, redriven };
  } finally {
    await lane.stop();
    await sink.stop();
  }
}

/**
 * Waits for the rest, and redrives what is in the dead-letter queue, as long as something is.
 *
 * @throws Error when messages stay on the queue
 */
async function deliverRest({ queue }: ObjectLane, stallSeconds: number): Promise<number> {
  for (let redriven = 0; ; ) {
    if (!(await drained(queue, stallSeconds))) throw new Error("messages are left on the queue");
    const moved = await queue.redrive();
    if (moved === 0) return redriven;
    redriven += moved;
  }
}

const POLL_MS = 20;

async function killAtRandom(lane: ObjectLane, options: KillsOptions, random: Random): Promise<void> {
  for (let kills = 0; kills < options.kills; ) {
    while ((await lane.queue.waiting()) < options.objects)
      await lane.put(bigObject(lane.ledger.objects.length, options, random));
    while (lane.running === 0) await sleep(POLL_MS);
    await sleep(random.next() * options.timeoutSeconds * 1000);
    if (lane.running === 0) continue;
    await lane.lambda.kill();
    kills++;
  }
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

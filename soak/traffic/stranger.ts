import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Random } from "../../tools/random";
import { type Draft, type EnvelopeEvent, envelopeDraft, envelopeText, eventsDraft, type LogStream } from "./draft";
import { DATE_LIKE, HOSTILE_MESSAGES } from "./hostile-messages";
import { message } from "./messages";
import { application, type Traffic } from "./traffic";

/** Enough for some in each partition of each shard. */
const KEYS = 64;

/** Others' events beside a hostile one. */
const MAX_NEIGHBOURS = 3;

/** Ids and times that CloudWatch Logs does not write: the event gets its place in the stream, and the record's arrival. */
const ODD = [
  { id: "" },
  { id: 7 },
  { id: null },
  { id: "7".repeat(55) },
  { id: "7".repeat(513) },
  { id: "\ud83d", timestamp: -1 },
  { id: "shardId-000000000000:1:0", timestamp: Number.MAX_SAFE_INTEGER },
  { id: undefined, timestamp: "now" },
];

/** The share of records that are lines in a log group; anyone may write those who may write into it. */
const LINES = 0.7;

/**
 * Writes what could stop a lane, hide a log or end a node, beside the ordinary traffic and into the same log groups, but never
 * into the stream's last shard, which shows how long records wait without it.
 */
export class Stranger {
  readonly #keys: readonly string[];
  #forged = 0;

  /**
   * @param traffic whose events the stranger's lie beside
   * @param shards of the stream, 2 or more, as it was created
   */
  constructor(
    private readonly random: Random,
    private readonly traffic: Traffic,
    shards: number,
  ) {
    const keys = Array.from({ length: KEYS }, (_, n) => `stranger-${n}`);
    this.#keys = keys.filter((key) => shardOf(key, shards) < shards - 1);
  }

  next(): Draft {
    const { random } = this;
    const victim = this.traffic.lastId;
    const stream = {
      ...random.pick(this.traffic.sources),
      logStream: random.chance(0.2) ? random.pick(DATE_LIKE) : "x",
    };
    const event = this.traffic.eventBy(random.pick(Object.values(HOSTILE_MESSAGES)));
    const neighbours = Array.from({ length: random.integer(0, MAX_NEIGHBOURS) }, () => this.traffic.eventBy(message));
    const draft = random.chance(LINES)
      ? envelopeDraft(stream, random.shuffled([event, ...neighbours]))
      : random.pick([this.#anothers, this.#odd, this.#lines, this.#invalid])(stream, event, victim);
    return { ...draft, partitionKey: random.pick(this.#keys), isHostile: true };
  }

  /** Another account's event under the id of one that was put: neither hides the other. */
  readonly #anothers = (stream: LogStream, event: EnvelopeEvent, victim: string): Draft => {
    const owner = String(900_000_000_000 + this.#forged++);
    return envelopeDraft({ ...stream, owner }, [{ ...event, id: victim || event.id }]);
  };

  readonly #odd = (stream: LogStream, event: EnvelopeEvent): Draft => {
    const text = envelopeText(stream, [{ ...event, ...(this.random.pick(ODD) as object) }]);
    return eventsDraft(stream, gzipSync(text), [{ message: event.message }]);
  };

  /** Begins as an envelope or a control message does, which must not cost the lines behind it. */
  readonly #lines = (stream: LogStream, event: EnvelopeEvent): Draft => {
    const start = this.random.pick(['{"messageType":"DATA_MESSAGE"}', '{"messageType":"CONTROL_MESSAGE"}']);
    const lines = [start, event.message.replace(/\s+/g, " ")];
    return application(stream, lines.join("\n"), lines);
  };

  /** A flood of bytes that are not UTF-8, each of which becomes three. */
  readonly #invalid = (stream: LogStream): Draft => {
    const data = Buffer.alloc(this.random.integer(1, 100_000), 0xff);
    return { ...application(stream, "", [data.toString("utf8")]), data: gzipSync(data) };
  };
}

/**
 * The shard of a partition key, in a stream that has never been resharded.
 *
 * Source: Kinesis Data Streams Developer Guide, "Terminology and concepts", partition key.
 */
export function shardOf(partitionKey: string, shards: number): number {
  const hash = createHash("md5").update(partitionKey).digest().readUInt32BE();
  return Math.floor((hash / 2 ** 32) * shards);
}

import { envelopeReceipt } from "../receipts/envelope-receipt";
import type { EnvelopeReceipt } from "../receipts/receipt";
import type { EventTally } from "../rules/metrics/metric-set";
import type { RuleCounts } from "../rules/rule-set";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { UndecodablePart } from "../sources/kinesis/record-part";
import { BatchProgress, EventProgress } from "./batch-progress";
import type { PreparedPart } from "./record-parts";

/** What the archive keeps of an envelope in a record, and under which log group. */
export interface ArchiveMember {
  readonly logGroup: string;
  /** The number of the envelope's events that are indexed; a joined one counts once. */
  readonly events: number;
  /** Gzip members that inflate to one line. */
  readonly member: Buffer;
  /** What became of its events. */
  readonly receipt: EnvelopeReceipt;
}

/** What becomes of one Kinesis record on its way to one sink. As long as it is not read, it is not settled. */
export class RecordProgress extends EventProgress {
  #isRead = false;
  #archiveMembers: readonly ArchiveMember[] = [];
  #deadLetters: readonly UndecodablePart[] = [];
  #controlMessages = 0;
  #ruleCounts: readonly RuleCounts[] = [];
  #joinedEvents = 0;
  #tallies: readonly EventTally[] = [];

  constructor(readonly record: KinesisRecord) {
    super(0);
  }

  /** The record is read. @param archiveMembers its envelopes, in order @param deadLetters its parts that cannot be decoded */
  read(archiveMembers: readonly ArchiveMember[], deadLetters: readonly UndecodablePart[] = []): void {
    this.#isRead = true;
    this.setPending(archiveMembers.reduce((sum, { events }) => sum + events, 0));
    this.#archiveMembers = archiveMembers;
    this.#deadLetters = deadLetters;
  }

  /**
   * The record is read, and decoded into `parts`.
   *
   * @param counted the events of its only envelope that have documents, counted. @default counted here
   */
  decoded(parts: readonly PreparedPart[], counted?: EnvelopeReceipt): void {
    const archiveMembers: ArchiveMember[] = [];
    const deadLetters: UndecodablePart[] = [];
    for (const part of parts) {
      switch (part.kind) {
        case "events": {
          const { envelope, member, leftOut } = part;
          const { logGroup, logEvents } = envelope;
          const receipt = envelopeReceipt(envelope, { events: logEvents, leftOut, counted });
          archiveMembers.push({ logGroup, events: logEvents.length, member, receipt });
          break;
        }
        case "control":
          break;
        case "undecodable":
          deadLetters.push(part);
          break;
        default:
          part satisfies never;
      }
    }
    this.#joinedEvents = parts.reduce((sum, { joined = 0 }) => sum + joined, 0);
    this.#ruleCounts = parts.flatMap(({ counts }) => counts ?? []);
    // A replay's events were counted when they came.
    this.#tallies = this.record.isReplayed ? [] : parts.flatMap(({ tally }) => tally?.() ?? []);
    this.#controlMessages = parts.filter(({ kind }) => kind === "control").length;
    this.read(archiveMembers, deadLetters);
  }

  override get isSettled(): boolean {
    return this.#isRead && super.isSettled;
  }

  /** Of each envelope, in the order of the record's events. */
  get archiveMembers(): readonly ArchiveMember[] {
    return this.#archiveMembers;
  }

  /** What the rules did with the events of each envelope; empty without rules. */
  get ruleCounts(): readonly RuleCounts[] {
    return this.#ruleCounts;
  }

  /** What the metrics of log groups have counted of the events of each envelope. */
  get tallies(): readonly EventTally[] {
    return this.#tallies;
  }

  /** Events that were joined to the one before them: they have no place of their own. */
  get joinedEvents(): number {
    return this.#joinedEvents;
  }

  get controlMessages(): number {
    return this.#controlMessages;
  }

  get deadLetters(): readonly UndecodablePart[] {
    return this.#deadLetters;
  }
}

export type KinesisProgress = BatchProgress<RecordProgress>;

/** The progress of a batch of which nothing is read yet. */
export function kinesisProgress(records: readonly KinesisRecord[]): KinesisProgress {
  return new BatchProgress(records.map((record) => new RecordProgress(record)));
}

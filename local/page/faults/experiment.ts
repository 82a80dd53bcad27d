import type { S3Client } from "@aws-sdk/client-s3";
import { eventIdOf } from "../../../core/events/document-id";
import { type ArchiveLocation, listObjects } from "../../delivery/archive";
import { ArchivedEvents } from "../../delivery/archived-events";
import { EventLedger } from "../../delivery/event-ledger";
import { FoundEvents } from "../../delivery/found-events";
import { foundIds, type SearchLocation } from "../../delivery/search";
import { type ExperimentCounts, type ExperimentPhase, STALLED_SECONDS } from "../shared/faults";

/** Ids per search; one search a second. */
const IDS = 2_000;
/** A search that fails is repeated a second later, by the next update. */
const ONE_ATTEMPT = { requestTimeoutMs: 10_000, intervalMs: 0, giveUpAfterMs: 0 };

export interface ExperimentIo {
  readonly search: SearchLocation;
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
  /** Milliseconds. @default performance.now */
  now?(): number;
}

/** Follows the events that are put while something is broken, until each is accounted for. */
export class Experiment {
  /** Of the events that are followed. */
  readonly ledger = new EventLedger();
  readonly #indexed = new FoundEvents(this.ledger);
  readonly #archived: ArchivedEvents;
  readonly #now: () => number;
  /** Numbers of the events that were not found in the index yet. */
  #missing: number[] = [];
  #known = 0;
  #checked = new FoundEvents(this.ledger);
  #checkedTo = 0;
  #progress = { arrived: -1, at: 0 };
  #phase: ExperimentPhase = "faults";
  #quarantined: { rejected: number; deadLettered: number } | undefined;
  #added = { rejected: 0, deadLettered: 0 };

  constructor(private readonly io: ExperimentIo) {
    this.#archived = new ArchivedEvents(this.ledger, io.s3, io.archive);
    this.#now = io.now ?? (() => performance.now());
  }

  get counts(): ExperimentCounts {
    const { ledger } = this;
    const duplicates = (found: FoundEvents) =>
      ledger.logGroups.reduce((sum, logGroup) => sum + found.duplicatesOf(logGroup), 0);
    const underWay = this.#underWay();
    const isLost = this.#phase === "over";
    return {
      put: ledger.size,
      indexed: this.#indexed.size,
      archived: this.#archived.found.size,
      underWay: isLost ? 0 : underWay,
      lost: isLost ? underWay : 0,
      duplicated: duplicates(this.#checked) + duplicates(this.#archived.found),
      ...this.#added,
      phase: this.#phase,
    };
  }

  /**
   * Looks for what is under way, by one search at most.
   *
   * @param isBroken whether a fault is on, or lines are put
   * @throws Error when the engine or the archive does not answer
   */
  async update(isBroken: boolean): Promise<void> {
    if (this.#phase === "over") return;
    for (; this.#known < this.ledger.size; this.#known++) this.#missing.push(this.#known);
    await this.#countQuarantined();
    await this.#archived.update();
    const isArrived = this.#underWay() === 0;
    if (isArrived && !isBroken) await this.#check();
    else await this.#search();
    this.#phase = this.#next(isBroken);
  }

  #next(isBroken: boolean): ExperimentPhase {
    const now = this.#now();
    const arrived = this.#indexed.size + this.#archived.found.size;
    if (isBroken || arrived !== this.#progress.arrived) this.#progress = { arrived, at: now };
    if (isBroken) {
      this.#checked = new FoundEvents(this.ledger);
      this.#checkedTo = 0;
      return "faults";
    }
    if (this.#underWay() === 0) return this.#checkedTo === this.ledger.size ? "over" : "checking";
    return now - this.#progress.at < STALLED_SECONDS * 1000 ? "healed" : "over";
  }

  #underWay(): number {
    let count = 0;
    for (let number = 0; number < this.ledger.size; number++) {
      if (!this.#indexed.has(number) || !this.#archived.found.has(number)) count++;
    }
    return count;
  }

  async #search(): Promise<void> {
    const numbers = this.#missing.slice(0, IDS);
    await this.#find(numbers, this.#indexed);
    this.#missing = this.#missing.filter((number) => !this.#indexed.has(number));
  }

  /** Looks at some of all events once more: a copy may have come later, into another index. */
  async #check(): Promise<void> {
    const numbers = Array.from({ length: this.ledger.size - this.#checkedTo }, (_, n) => this.#checkedTo + n);
    const some = numbers.slice(0, IDS);
    await this.#find(some, this.#checked);
    this.#checkedTo += some.length;
  }

  async #find(numbers: readonly number[], found: FoundEvents): Promise<void> {
    const ids = numbers.map((number) => this.ledger.documentIdOf(number));
    for await (const some of foundIds(this.io.search, ids, ONE_ATTEMPT)) found.add(some.map(eventIdOf));
  }

  async #countQuarantined(): Promise<void> {
    const { bucket, prefix } = this.io.archive;
    const count = async (name: string) => (await listObjects(this.io.s3, bucket, `${prefix}${name}/`)).size;
    const [rejected, deadLettered] = await Promise.all([count("rejected"), count("dead-letter")]);
    this.#quarantined ??= { rejected, deadLettered };
    this.#added = {
      rejected: rejected - this.#quarantined.rejected,
      deadLettered: deadLettered - this.#quarantined.deadLettered,
    };
  }
}

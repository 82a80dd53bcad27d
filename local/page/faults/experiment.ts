import { eventIdOf } from "../../../core/events/document-id";
import type { EventLedger } from "../../delivery/event-ledger";
import { FoundEvents } from "../../delivery/found-events";
import { SINGLE_ATTEMPT } from "../../delivery/retrying-search";
import { foundAtOnce, type SearchLocation } from "../../delivery/search";
import { CopyCheck } from "../followed-events/copy-check";
import { FollowedEvents, type FollowedEventsIo } from "../followed-events/followed-events";
import { type ExperimentCounts, type ExperimentPhase, STALLED_SECONDS } from "../shared/faults";

/** Ids per search; one search a second. */
const IDS = 2_000;

export interface ExperimentIo extends FollowedEventsIo {
  readonly search: SearchLocation;
  /** Milliseconds. @default performance.now */
  now?(): number;
}

/** Follows the events that are put while something is broken, until each is accounted for. */
export class Experiment {
  readonly #events: FollowedEvents;
  readonly #indexed: FoundEvents;
  readonly #now: () => number;
  /** Numbers of the events that were not found in the index yet. */
  #missing: number[] = [];
  #known = 0;
  #check: CopyCheck | undefined;
  #progress = { arrived: -1, at: 0 };
  #phase: ExperimentPhase = "faults";

  constructor(private readonly io: ExperimentIo) {
    this.#events = new FollowedEvents(io);
    this.#indexed = new FoundEvents(this.ledger);
    this.#now = io.now ?? (() => performance.now());
  }

  /** Of the events that are followed. */
  get ledger(): EventLedger {
    return this.#events.ledger;
  }

  get counts(): ExperimentCounts {
    const { ledger } = this;
    const { archived, added } = this.#events;
    const duplicates = (found: FoundEvents) => found.duplicatesIn({ first: 0, count: ledger.size });
    const inFlight = this.#inFlight();
    const isLost = this.#phase === "over";
    return {
      put: ledger.size,
      indexed: this.#indexed.size,
      archived: archived.size,
      inFlight: isLost ? 0 : inFlight,
      lost: isLost ? inFlight : 0,
      duplicated: (this.#check ? duplicates(this.#check.found) : 0) + duplicates(archived),
      ...added,
      unreadable: this.#events.unreadable,
      phase: this.#phase,
    };
  }

  /** Call it before events are put. @throws Error when the archive does not answer */
  begin(): Promise<void> {
    return this.#events.begin();
  }

  /**
   * Looks for what is in flight, by one search at most.
   *
   * @param isBroken whether a fault is on, or lines are put
   * @throws Error when the engine or the archive does not answer
   */
  async update(isBroken: boolean): Promise<void> {
    if (this.#phase === "over") return;
    for (; this.#known < this.ledger.size; this.#known++) this.#missing.push(this.#known);
    await this.#events.update();
    const isArrived = this.#inFlight() === 0;
    if (isArrived && !isBroken) await this.#lookForCopies();
    else await this.#search();
    this.#phase = this.#next(isBroken);
  }

  #next(isBroken: boolean): ExperimentPhase {
    const now = this.#now();
    const arrived = this.#indexed.size + this.#events.archived.size + this.#events.rejections.size;
    if (isBroken || arrived !== this.#progress.arrived) this.#progress = { arrived, at: now };
    if (isBroken) {
      this.#check = undefined;
      return "faults";
    }
    if (this.#inFlight() === 0) return this.#check?.isOver ? "over" : "checking";
    return now - this.#progress.at < STALLED_SECONDS * 1000 ? "healed" : "over";
  }

  /** A rejected event is in the quarantine in place of the index. */
  #isAccounted(number: number): boolean {
    const { archived, rejections } = this.#events;
    return archived.has(number) && (this.#indexed.has(number) || rejections.has(number));
  }

  #inFlight(): number {
    let count = 0;
    for (let number = 0; number < this.ledger.size; number++) if (!this.#isAccounted(number)) count++;
    return count;
  }

  async #search(): Promise<void> {
    const numbers = this.#missing.slice(0, IDS);
    const found = await this.#find(numbers.map((number) => this.ledger.documentIdOf(number)));
    this.#indexed.add(found.ids.map(eventIdOf));
    // Those that were not found wait behind the others: they may never come.
    const rest = [...this.#missing.slice(IDS), ...numbers];
    this.#missing = rest.filter((number) => !this.#indexed.has(number));
  }

  async #lookForCopies(): Promise<void> {
    this.#check ??= new CopyCheck({ ledger: this.ledger, range: { first: 0, count: this.ledger.size } });
    const ids = this.#check.nextIds(IDS);
    const found = await this.#find(ids);
    this.#check.add(ids.length, found.ids, found.isAll);
  }

  #find(ids: readonly string[]) {
    return foundAtOnce(this.io.search, ids, SINGLE_ATTEMPT);
  }
}

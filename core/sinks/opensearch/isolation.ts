import { TIMED_OUT } from "../../http/failure-reason";
import type { Failure } from "../../retry/retry";
import type { BulkItem } from "./bulk-request";
import type { DeliveryIo } from "./delivery-io";
import { CONTROL, probeItems } from "./probe";
import { nothingLeft, type Round, type Suspect, type Suspects } from "./round";
import { indexAsText, sendItems } from "./send-items";
import { Trial } from "./trial";

/** Shortest time limit of a part after a time-out, in milliseconds, and how many times as long as a probe it is at least. */
const PART_MIN_MS = 1_000;
const PROBES_PER_PART = 5;

/** After a time-out, a part that is the whole request has this part of the time that a request may take. */
const SHARE_OF_TIME = 1 / 4;

/** Size of events that are tried together, in bytes: as text they take several times as much, and are in memory at once. */
const TRIAL_BYTES = 128 * 1024;

/** Parts of the time in which, once an event was found, others are not tried any more, and parts are not sent with fields. */
const HURRIED_SHARE = 1 / 3;
const LAST_SHARE = 1 / 7;

interface Group extends Suspects {
  next: "send" | "split" | "try" | "index as text";
}

/**
 * Finds the events that make requests fail, by sending ever smaller parts, one after the other.
 *
 * No part is sent, and none is split, unless the engine has answered since the last failure, or else a probe. While it does
 * not, nothing but probes is sent, with backoff: an engine that is down for all events gets less to do, not more.
 *
 * The earliest events come first. Lambda gets all records back from the first that is not finished, so an invocation that is too short
 * for all of its events still finishes some records.
 *
 * Whoever writes one such event may write a hundred. Once one is found, and the time gets short, events that fail alone are sent
 * as text without a trial, and at last all that is left: its fields are lost, but the record is finished.
 */
export class Isolation {
  readonly #groups: Group[] = [];
  readonly #totalMs: number;
  #hasTimedOut = false;
  #hasFound = false;
  /** Whether a part has failed when there was no time any more to split it. */
  #isLate = false;
  #probeMs = 0;

  /** @param wholeBytes size of the request that failed */
  constructor(
    private readonly wholeBytes: number,
    private readonly io: DeliveryIo,
  ) {
    this.#totalMs = io.retry.remainingMs();
  }

  get isOver(): boolean {
    return this.#groups.length === 0;
  }

  /** Adds what has failed. A request is sent whole once more before it is split: most failures are not its own. */
  add(failed: readonly Suspects[]): void {
    for (const suspects of latestFirst(failed)) this.#push(suspects, suspects.isTogether ? "send" : "try");
  }

  /** Continues until nothing is left, or the engine does not answer; `failure` then says why. */
  async continue(): Promise<Round> {
    let isAnswering = false;
    for (let group = this.#groups.pop(); group; group = this.#groups.pop()) {
      const outage = isAnswering ? undefined : await this.#outage(group);
      if (outage) {
        this.#groups.push(group);
        return { ...nothingLeft(), failure: outage };
      }
      isAnswering = true;
      if (this.#mustBeText(group.next)) group.next = "index as text";
      if (group.next === "split") {
        const half = group.each.length >> 1;
        this.#push({ each: group.each.slice(half), isTogether: true }, "send");
        this.#push({ each: group.each.slice(0, half), isTogether: true }, "send");
        continue;
      }
      const { pending, suspects, failure } = await this.#round(group);
      if (group.next === "index as text" && (suspects.length > 0 || pending.length > 0)) {
        const left = suspects.flatMap(({ each }) => each.map(({ item }) => item));
        const { reason } = group.each[0]!;
        return { pending: pending.concat(left), suspects: [], failure: failure ?? { outcome: "retried", reason } };
      }
      for (const failed of latestFirst(suspects))
        this.#push(failed, failed.isTogether && failed.each.length > 1 ? "split" : "try");
      // The engine is overloaded, or does not answer.
      if (failure && (pending.length > 0 || group.next === "try")) return { pending, suspects: [], failure };
      isAnswering = suspects.length === 0;
    }
    return nothingLeft();
  }

  #push({ each, isTogether }: Suspects, next: Group["next"]): void {
    this.#hasTimedOut ||= each.some(({ reason }) => reason === TIMED_OUT);
    const groups = next === "try" ? inParts(each).reverse() : [each];
    for (const group of groups) this.#groups.push({ each: group, isTogether, next });
  }

  /** There is always time to send a part with its fields, until one fails. */
  #mustBeText(next: Group["next"]): boolean {
    if (next === "split") this.#isLate ||= this.#isWithin(LAST_SHARE);
    return this.#isLate || (next === "try" && this.#isWithin(HURRIED_SHARE));
  }

  /** Whether an event was found, and no more than this share of the time is left. */
  #isWithin(share: number): boolean {
    return this.#hasFound && this.io.retry.remainingMs() <= this.#totalMs * share;
  }

  async #round({ each, next }: Group): Promise<Round> {
    const items = each.map(({ item }) => item);
    const io = this.#limited(items);
    if (next === "send") return sendItems(items, io);
    if (next === "index as text") return indexAsText(each, io);
    const trial = new Trial(each, io);
    const round = await trial.run();
    this.#hasFound ||= trial.hasFound;
    return round;
  }

  /** Returns why a probe of the group's first item is not answered as it should be. */
  async #outage({ each }: Group): Promise<Failure | undefined> {
    const startMs = this.io.monotonicMs();
    const { failure } = await probeItems([each[0]!.item], CONTROL, this.io);
    this.#probeMs = this.io.monotonicMs() - startMs;
    return failure;
  }

  /** Once a request has timed out, a part gets time by its size, lest a small one take as long as the whole. */
  #limited(items: BulkItem[]): DeliveryIo {
    if (!this.#hasTimedOut) return this.io;
    const bytes = items.reduce((sum, { start, end }) => sum + end - start, 0);
    const { requestTimeoutMs } = this.io;
    const share = this.#isWithin(HURRIED_SHARE) ? 0 : requestTimeoutMs * SHARE_OF_TIME * (bytes / this.wholeBytes);
    const ms = Math.ceil(Math.max(PART_MIN_MS, PROBES_PER_PART * this.#probeMs, share));
    return { ...this.io, requestTimeoutMs: Math.min(requestTimeoutMs, ms) };
  }
}

/** The groups in the order in which a stack takes them: what is pushed last is taken first. */
function latestFirst(failed: readonly Suspects[]): Suspects[] {
  return [...failed].sort((a, b) => compareItems(b.each[0]!.item, a.each[0]!.item));
}

const compareItems = (a: BulkItem, b: BulkItem): number => a.record - b.record || a.position - b.position;

function inParts(suspects: readonly Suspect[]): Suspect[][] {
  const parts: Suspect[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const suspect of suspects) {
    const { start, end } = suspect.item;
    if (bytes + end - start > TRIAL_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(suspect);
    bytes += end - start;
  }
  return parts;
}

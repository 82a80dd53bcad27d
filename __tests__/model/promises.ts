import type { KinesisStreamRecord } from "aws-lambda";
import type { SearchEngine } from "../support/search-engine";
import { isTextForm } from "./index-troubles";
import { counts, type Ledger } from "./ledger";
import { eventIn, type Put, type PutEvent } from "./records";

/** Whether an index rejects the event permanently. */
function isRejected({ trouble }: PutEvent): boolean {
  return (
    (trouble.kind === "toxic" && trouble.asTextToo) || ["rejected", "oversized", "unreadable"].includes(trouble.kind)
  );
}

/** @throws Error that names the promise, unless it was kept */
export function promise(kept: boolean, text: string): void {
  if (!kept) throw new Error(`promise broken: ${text}`);
}

/** @param said what the function has logged, and the error that it ended with */
export function promiseOfSilence(said: unknown): void {
  promise(Number.isNaN(eventIn(JSON.stringify(said))), `no log and no error quotes an event: ${JSON.stringify(said)}`);
}

/**
 * Checks the promises that hold after each invocation, whatever comes later.
 *
 * @param given the lane's next records, as many as were passed to the function
 * @param untroubled nothing went wrong during the invocation
 */
export function promisesOf(
  given: Put[],
  records: KinesisStreamRecord[],
  finished: number,
  untroubled: boolean,
  ledger: Ledger,
): void {
  promise(
    given.every(({ record }, i) => record === records[i]),
    "the function gets the records after the acknowledged ones, in order",
  );
  promise(!untroubled || finished === records.length, "where nothing goes wrong, all is acknowledged");
  if (finished === 0) return;
  const indexed = ledger.indexed();
  const rejected = ledger.rejected();
  const archived = ledger.archived();
  const deadLetters = ledger.deadLetters();
  for (const { name, data, end, events } of given.slice(0, finished)) {
    for (const event of events) {
      const where = isRejected(event) ? rejected : indexed;
      promise(where.has(String(event.n)), `event ${event.n} of ${name} was settled when it was acknowledged`);
    }
    if (end === "archived") promise(archived.get(name) === 1, `${name} was archived once when it was acknowledged`);
    const isQuarantined = end !== "dead-letter" || deadLetters.has(data.toString("base64"));
    promise(isQuarantined, `${name} was dead-lettered, byte for byte`);
  }
}

/** Checks the promises that hold once all records are acknowledged. */
export function promisesAtTheEnd(puts: Put[], ledger: Ledger, engine: SearchEngine): void {
  const events = puts.flatMap((put) => put.events);
  const indexable = new Set(events.filter((event) => !isRejected(event)).map(({ n }) => String(n)));
  expect(ledger.indexed()).toEqual(counts([...indexable]));
  expect(ledger.rejected()).toEqual(counts(events.filter(isRejected).map(({ n }) => String(n))));
  const ended = (how: Put["end"]) => puts.filter(({ end }) => end === how);
  expect(ledger.archived()).toEqual(counts(ended("archived").map(({ name }) => name)));
  expect(ledger.deadLetters()).toEqual(counts(ended("dead-letter").map(({ data }) => data.toString("base64"))));
  const places = ledger.placesInArchive();
  const hasToxic = events.some(({ trouble }) => trouble.kind === "toxic");
  const byNumber = new Map(events.map((event) => [event.n, event]));
  for (const [key, document] of engine.documents) {
    const { id, n, trouble } = byNumber.get(eventIn(JSON.stringify(document)))!;
    promise(id === "" || key.includes(`/${id}.`), `event ${n} has its own id`);
    promise(key === places.get(n), `a replay of event ${n} finds its document`);
    // Neighbours of toxic events, too, when the time gets short.
    const mayBeText = trouble.kind === "conflict" || hasToxic;
    promise(!isTextForm(document) || mayBeText, `event ${n} is text only if the index does not accept its fields`);
  }
}

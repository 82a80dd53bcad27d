import { CountsByName } from "../counts-by-name";
import { type LedgerEvent, type LedgerRecord, positionName } from "../record-ledger";
import type { Found } from "./found";

/** Counts of one kind of thing that was put: events, records, or poison. */
export interface VerdictRow {
  readonly kind: string;
  readonly put: number;
  /** Number found where they belong. */
  readonly found: number;
  /** Number found under `rejected/` instead. */
  readonly rejected: number;
  /** Number of further copies, and of what nobody has put. */
  readonly duplicated: number;
  readonly lost: number;
}

export interface Verdict {
  readonly rows: readonly VerdictRow[];
  /** Some that are duplicated or lost, to look into. */
  readonly examples: readonly string[];
}

const EXAMPLES = 20;
/** Characters: a record's name holds all its events. */
const EXAMPLE_LENGTH = 200;

/** What the audit has to know of a record. */
export type AuditedRecord = Omit<LedgerRecord, "isHostile" | "putAtMs">;

/** Compares what was put with what was found: each event, each record with events, each piece of poison. */
export function verdictOf(records: readonly AuditedRecord[], found: Found): Verdict {
  const withEvents = records.filter(({ becomes }) => becomes === "events");
  return verdictOfCounts([
    countedOf("events in the index", {
      put: withEvents.flatMap(({ events }) => events.map(({ id }) => id)),
      found: found.documents,
      rejected: found.rejected,
    }),
    countedOf("records in the archive", {
      put: withEvents.map(({ events }) => nameOf(events)),
      found: found.archived.map(nameOf),
    }),
    countedOf("poison in dead-letter/", {
      put: records
        .filter(({ becomes }) => becomes === "dead letter")
        .map((one) => bytesAt(positionName(one), one.data!)),
      found: [...found.deadLetters].map(([position, bytes]) => bytesAt(position, bytes)),
    }),
  ]);
}

/** The rows of a verdict, and the first examples of all of them. */
export function verdictOfCounts(counted: readonly Counted[]): Verdict {
  return {
    rows: counted.map(({ row }) => row),
    examples: counted.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

/** Whether everything that was put was found once. */
export function isExactlyOnce({ rows }: Verdict): boolean {
  return rows.every(({ duplicated, lost }) => duplicated === 0 && lost === 0);
}

export interface CountedNames {
  readonly put: readonly string[];
  readonly found: readonly string[];
  /** @default none */
  readonly rejected?: readonly string[];
  /** What may be found, too, once: it is no loss if it is not. @default none */
  readonly perhaps?: readonly string[];
}

interface Counted {
  readonly row: VerdictRow;
  readonly examples: readonly string[];
}

/** Counts what was put and found of one kind, and names some that are lost or duplicated. */
export function countedOf(kind: string, names: CountedNames): Counted {
  const { found, rejected = [], perhaps = [] } = names;
  const copies = new CountsByName();
  for (const name of [...found, ...rejected]) copies.add(name);
  const put = [...names.put, ...perhaps.filter((name) => copies.of(name) > 0)];
  const expected = new Set(put);
  const lost = put.filter((name) => copies.of(name) === 0);
  const duplicated = copies.entries().filter(([name, count]) => count > 1 || !expected.has(name));
  const known = (names: readonly string[]) => new Set(names.filter((name) => expected.has(name))).size;
  const further = duplicated.map(([name, count]) => count - (expected.has(name) ? 1 : 0));
  return {
    row: {
      kind,
      put: put.length,
      found: known(found),
      rejected: known(rejected),
      duplicated: further.reduce((sum, count) => sum + count, 0),
      lost: lost.length,
    },
    examples: [
      ...lost.map((name) => `${kind}: lost: ${name}`),
      ...duplicated.map(([name, count]) => `${kind}: ${count} of: ${name}`),
    ]
      .slice(0, EXAMPLES)
      .map((example) => example.slice(0, EXAMPLE_LENGTH)),
  };
}

/** Names a record by all its events. */
function nameOf(events: readonly LedgerEvent[]): string {
  return events.map(({ id, message }) => `${id} ${message}`).join("\n");
}

function bytesAt(position: string, data: Buffer): string {
  return `${position} ${data.toString("base64")}`;
}

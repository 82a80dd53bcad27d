import { type PutRecord, placeName } from "../ledger";
import { Tally } from "../tally";
import type { Found } from "./found";

/** What became of one kind of thing. */
export interface Row {
  readonly what: string;
  readonly put: number;
  /** Found where it belongs. */
  readonly found: number;
  /** Found under `rejected/` instead, with a reason. */
  readonly setAside: number;
  /** Further copies, and what nobody has put. */
  readonly doubled: number;
  readonly lost: number;
}

export interface Verdict {
  readonly rows: readonly Row[];
  /** Some of what is doubled or lost, to look into. */
  readonly examples: readonly string[];
}

const EXAMPLES = 20;
/** Characters: a record is named by all that is in it. */
const EXAMPLE_LENGTH = 200;

/** Compares what was put with what was found: each event, each record with events, each record that is none. */
export function verdictOf(records: readonly PutRecord[], found: Found): Verdict {
  const withEvents = records.filter(({ becomes }) => becomes === "events");
  const counted = [
    countedOf("events in the index", {
      put: withEvents.flatMap(({ events }) => events.map(({ id }) => id)),
      found: found.documents,
      setAside: found.rejected,
    }),
    countedOf("records in the archive", {
      put: withEvents.map(({ events }) => nameOf(events)),
      found: found.archived.map(({ logEvents }) => nameOf(logEvents)),
    }),
    countedOf("poison in dead-letter/", {
      put: records.filter(({ becomes }) => becomes === "dead letter").map((one) => bytesAt(placeName(one), one.data!)),
      found: [...found.deadLetters].map(([place, bytes]) => bytesAt(place, bytes)),
    }),
  ];
  return {
    rows: counted.map(({ row }) => row),
    examples: counted.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

/** Whether everything that was put is there, once. */
export function isWhole({ rows }: Verdict): boolean {
  return rows.every(({ doubled, lost }) => doubled === 0 && lost === 0);
}

interface Names {
  readonly put: readonly string[];
  readonly found: readonly string[];
  readonly setAside?: readonly string[];
}

function countedOf(what: string, { put, found, setAside = [] }: Names): { row: Row; examples: string[] } {
  const copies = new Tally();
  for (const name of [...found, ...setAside]) copies.add(name);
  const expected = new Set(put);
  const lost = put.filter((name) => copies.of(name) === 0);
  const doubled = copies.entries().filter(([name, count]) => count > 1 || !expected.has(name));
  const known = (names: readonly string[]) => new Set(names.filter((name) => expected.has(name))).size;
  const further = doubled.map(([name, count]) => count - (expected.has(name) ? 1 : 0));
  return {
    row: {
      what,
      put: put.length,
      found: known(found),
      setAside: known(setAside),
      doubled: further.reduce((sum, count) => sum + count, 0),
      lost: lost.length,
    },
    examples: [
      ...lost.map((name) => `${what}: lost: ${name}`),
      ...doubled.map(([name, count]) => `${what}: ${count} of: ${name}`),
    ]
      .slice(0, EXAMPLES)
      .map((example) => example.slice(0, EXAMPLE_LENGTH)),
  };
}

/** A record with events is the one that has exactly these. */
function nameOf(events: readonly { id: string; message: string }[]): string {
  return events.map(({ id, message }) => `${id} ${message}`).join("\n");
}

function bytesAt(place: string, data: Buffer): string {
  return `${place} ${data.toString("base64")}`;
}

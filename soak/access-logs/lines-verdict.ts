import { countedOf, type Verdict, verdictOfCounts } from "../audit/verdict";
import type { FoundLines } from "./found-lines";
import type { LedgerObject, ObjectLedger } from "./object-ledger";

/** Compares what was put with what was found: each line, each line that is too long, each object that cannot be read. */
export function linesVerdict(ledger: ObjectLedger, found: FoundLines): Verdict {
  const { objects } = ledger;
  const nameOf = ({ id, text }: FoundLines["documents"][number]) => ledger.lineName(id, text);
  const delivered = new Set(found.documents.map(nameOf));
  const named = objects.filter((object) => mustBeNamed(object, delivered));
  return verdictOfCounts([
    countedOf("lines in the index", {
      put: objects.flatMap(({ events }) => events),
      perhaps: objects.flatMap(({ perhaps }) => perhaps),
      found: found.documents.map(nameOf),
      rejected: found.rejected.map(nameOf),
    }),
    countedOf("lines that are too long", {
      put: objects.flatMap(({ tooLong }) => tooLong),
      found: found.tooLong,
    }),
    countedOf("unreadable objects", {
      put: named.map(({ name }) => name),
      // Read in whole by one attempt, and gone by the next.
      perhaps: objects
        .filter((object) => object.unreadable === "if incomplete" && !named.includes(object))
        .map(({ name }) => name),
      found: [...new Set(found.unreadable)],
    }),
  ]);
}

/** Whether quarantine has to name the object. */
const mustBeNamed = ({ unreadable, perhaps }: LedgerObject, delivered: ReadonlySet<string>): boolean =>
  unreadable === "always" || (unreadable === "if incomplete" && perhaps.some((line) => !delivered.has(line)));

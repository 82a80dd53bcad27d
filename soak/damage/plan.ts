import type { Random } from "../../tools/random";
import type { SoakedDocument } from "./indexed-documents";

/** What is damaged: an object of the archive, and documents of others. */
export interface DamagePlan {
  /** The key of the object that is removed. */
  readonly object: string;
  /** The documents of the events that it alone has. */
  readonly ofObject: readonly SoakedDocument[];
  /** Others, in a random order. */
  readonly others: readonly SoakedDocument[];
}

/** Names of events. */
export interface SoakedEvents {
  /** By the keys of the archive's objects. */
  readonly archived: ReadonlyMap<string, readonly string[]>;
  readonly rejected: readonly string[];
}

/**
 * Chooses an object with documents, and orders documents of other objects. An event that is under `rejected/`, too, which a kill may
 * leave behind, is not among them: without its document it would not be missing.
 *
 * @throws Error if no object has a document
 */
export function planDamage(random: Random, documents: readonly SoakedDocument[], events: SoakedEvents): DamagePlan {
  const byName = new Map(documents.map((document) => [document.name, document]));
  const objectsOf = new Map<string, number>();
  for (const names of events.archived.values()) {
    for (const name of new Set(names)) objectsOf.set(name, (objectsOf.get(name) ?? 0) + 1);
  }
  const rejected = new Set(events.rejected);
  for (const [object, names] of random.shuffled([...events.archived])) {
    const inIt = new Set(names);
    const ofObject = [...inIt].filter((name) => objectsOf.get(name) === 1).flatMap((name) => byName.get(name) ?? []);
    if (ofObject.length === 0) continue;
    const others = documents.filter(({ name }) => !inIt.has(name) && !rejected.has(name));
    return { object, ofObject, others: random.shuffled(others) };
  }
  throw new Error("no object of the archive has an event that is in the index");
}

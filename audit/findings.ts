/**
 * `missing`: the archive has the event, and the index no document of it; `duplicate`: a copy of a document in another index than its
 * own; `extra`: a document without an event in the archive; `altered`: a document that is not what the archive says.
 */
export const FINDING_KINDS = ["missing", "duplicate", "extra", "altered"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that is wrong with one document. */
export interface Finding {
  kind: FindingKind;
  index: string;
  id: string;
  /** The event's own, in ms since the epoch; undefined where a document has none. */
  timeMs?: number | undefined;
  logGroup?: string | undefined;
  /** The key of the archive's object that has the event. */
  object?: string | undefined;
}

/** What is found, and named as far as memory allows. */
export class Findings {
  readonly named: Finding[] = [];
  /** How many are not in `named`. */
  unnamed = 0;

  constructor(private readonly maxNamed: number) {}

  /** @returns whether it is named */
  add(finding: Finding): boolean {
    if (this.named.length >= this.maxNamed) {
      this.unnamed++;
      return false;
    }
    this.named.push(finding);
    return true;
  }
}

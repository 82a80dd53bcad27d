import { textHash } from "../../../core/events/document-id";

/** A reason, as its entries share it. */
export interface SharedReason {
  readonly id: string;
  readonly text: string;
}

const MAX_LENGTH = 300;

/** What engines quote of a document: its id, a value, the beginning of a text. An apostrophe begins none, and `field="…"` is the index's. */
const QUOTED = /(?<![\w=])'[^']*'|(?<!=)"[^"]*"|`[^`]*`/g;

/** Ids, positions and times. */
const LONG_NUMBER = /\d{5,}/g;

/** Returns what a reason has in common with the same one of other events: without what it quotes of an event. */
export function sharedReason(reason: string): SharedReason {
  const text = reason
    .slice(0, 2 * MAX_LENGTH)
    .replace(QUOTED, "'…'")
    .replace(LONG_NUMBER, "…")
    .slice(0, MAX_LENGTH);
  return { id: textHash(text), text };
}

/** In place of reasons that are too many. */
export const OTHER_REASON: SharedReason = { id: "other", text: "Other reasons" };

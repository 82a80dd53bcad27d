/** An object that is going to be put, and what the lane must make of it. */
export interface DraftObject {
  readonly key: string;
  readonly body: Buffer;
  /** Texts of the lines that must become events, by their numbers. */
  readonly events: ReadonlyMap<number, string>;
  /** Texts of lines that may become events: the object breaks off there. */
  readonly perhaps: ReadonlyMap<number, string>;
  /** Numbers of lines that are too long to be events: they are quarantined by their places. */
  readonly tooLong: readonly number[];
  /** Whether each document has the line's text, too: that of an application's JSON has not. */
  readonly hasTexts: boolean;
  /**
   * Whether quarantine names it as unreadable. `if incomplete`: somebody deletes or overwrites it, so that either its lines are
   * delivered, or it is named.
   */
  readonly unreadable: "never" | "always" | "if incomplete";
  /** What somebody does with it as soon as it is put. */
  readonly then?: "deleted" | "overwritten";
}

export const NO_LINES: ReadonlyMap<number, string> = new Map();

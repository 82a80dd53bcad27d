import type { MemberColumns } from "./member-columns";
import type { FieldValue } from "./parsed-message";
import type { SpanOp } from "./span-ops";

/** A text, or how texts begin, and what a reader makes of it; undefined: the text is none of the field's kind. */
export type ReadWord = readonly [word: string, value: FieldValue | undefined];

/**
 * What the WASM encoder does with a text where a reader is called: the same, or it leaves the line to its parser. The property tests
 * of core/fast-path compare both.
 */
export interface ReaderStep {
  readonly op: SpanOp;
  /** Numbers below 0 are none. */
  readonly isNeverNegative?: boolean;
  /** A text without a value is one of the kind. */
  readonly isOrAbsent?: boolean;
  /** What the op reads texts by: words, beginnings of words before a `*`, numbers from 0 on, or examples of all that it makes. */
  readonly words?: readonly ReadWord[];
  /** Whether the reader makes something of other words, too: their lines are left to it. */
  readonly hasOtherWords?: boolean;
  /** Whether other words are what they are. */
  readonly areOthersTexts?: boolean;
  /** Of decimals, or between the items of a list. */
  readonly digits?: number;
  readonly separator?: string;
  /** What a part of the text fits. */
  readonly pattern?: RegExp;
  /** What stands before the text, or what the first of several texts begins with for the first slot. */
  readonly prefix?: string;
  /** Of an object in the text: a column for each slot. */
  readonly members?: MemberColumns;
}

/** The same with the slots of the fields that it puts. */
export interface SpanStep extends ReaderStep {
  /** undefined: a field that this format does not have. */
  readonly slots: readonly (number | undefined)[];
  /** Of an op that looks at several texts: their places in the table. */
  readonly columns?: readonly number[];
}

/** The step that is the time of a line, which is no field by itself. @param columns the places in the table of what it consists of */
export const timeStep = (op: SpanOp, ...columns: readonly number[]): SpanStep => ({ op, columns, slots: [] });

/** Says what the encoder does in place of a function. */
export const withStep = <T extends object, S extends ReaderStep>(read: T, step: S): T & { readonly step: S } =>
  Object.assign(read, { step });

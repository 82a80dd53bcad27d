import type { SlotOf } from "./field-shape";
import type { FieldReader } from "./field-values";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import type { SpanStep } from "./span-step";

/** Where a field goes, dotted, and how its text is read. */
export type FieldPlace = readonly [path: string, read: FieldReader];

/** Puts what a text says into slots. Returns false if it is none of the field's kind. */
export interface PutText {
  (values: SlotValues, text: string): boolean;
  /** As that of a `FieldReader`. */
  readonly step?: SpanStep;
}

/** Makes what puts several fields that one text has, such as a request line. */
export type FieldWriter = (slotOf: SlotOf) => PutText;

/** Makes what puts a text's field into its slot. */
export function putAt(place: FieldPlace | FieldWriter, slotOf: SlotOf): PutText {
  if (typeof place === "function") return place(slotOf);
  const [path, read] = place;
  const slot = slotOf(path, read.decodes);
  const put: PutText = (values, text) => {
    const value = read(text);
    if (value === undefined) return false;
    values[slot] = value;
    return true;
  };
  return read.step === undefined ? put : Object.assign(put, { step: { ...read.step, slots: [slot] } });
}

/** What the WASM encoder does with a text that these put. */
export const stepsOfPuts = (puts: readonly PutText[]): readonly SpanStep[] =>
  puts.map(({ step }) => step ?? { op: SpanOp.other, slots: [] });

import { splitDelimited } from "./delimited";
import { exactObject } from "./exact-json";
import { type SlotOf, slottedParser } from "./field-shape";
import type { FieldTable } from "./field-table";
import type { FieldReader } from "./field-values";
import type { DescribedParser } from "./line-description";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type SpanStep, timeStep } from "./span-step";
import { asUtcTime, readUtcTime } from "./utc-times";

/** Fields that follow from several texts of a line. */
export interface DerivedFields {
  /** @param texts in the order of the table */
  put(values: SlotValues, texts: readonly string[]): void;
  /** What the WASM encoder does in its place. */
  readonly steps: readonly SpanStep[];
}

interface LineFormat {
  table: FieldTable;
  /** The field of the line's own time, in UTC: a text without it is no line. */
  time: string;
  /** What else tells a line of the format: what its fields look like, by their names. */
  forms: Readonly<Record<string, RegExp | FieldReader>>;
  derive?: (slotOf: SlotOf) => DerivedFields;
}

/** Whether a text looks like its field. */
const isOf = (form: RegExp | FieldReader, text: string): boolean =>
  form instanceof RegExp ? form.test(text) : form(text) !== undefined;

/** Makes the parser of a format whose fields spaces delimit, and of its JSON form, an object with the same fields by name. */
export function lineParser({ table, forms: named, time, derive }: LineFormat): DescribedParser {
  const timeIndex = table.names.indexOf(time);
  const derived = derive?.(table.slotOf);
  const forms = Object.entries(named).map(([name, is]) => ({ column: table.names.indexOf(name), is }));
  const textsOf = (message: string) => {
    if (!message.startsWith("{")) return splitDelimited(message);
    const members = exactObject(message);
    return members && table.textsOfMembers(members);
  };
  const inSlots = (message: string) => {
    const texts = textsOf(message);
    const ms = readUtcTime(texts?.[timeIndex] ?? "");
    if (texts === undefined || ms === undefined) return undefined;
    for (const { column, is } of forms) if (!isOf(is, texts[column] ?? "")) return undefined;
    const values = table.valuesOf(texts);
    derived?.put(values, texts);
    return { shape: table.shape, values, time: ms, isJson: message.startsWith("{") };
  };
  return slottedParser(inSlots, {
    table,
    split: "quoted",
    forms: [{ column: timeIndex, is: asUtcTime }, ...forms],
    derived: derived?.steps ?? [],
    time: timeStep(SpanOp.utcTime, timeIndex),
  });
}

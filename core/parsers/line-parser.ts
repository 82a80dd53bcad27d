import { splitDelimited } from "./delimited";
import { exactObject } from "./exact-json";
import { type SlotOf, slottedParser } from "./field-shape";
import type { FieldTable } from "./field-table";
import type { MessageParser, SlotValues } from "./parsed-message";
import { readUtcTime } from "./utc-times";

interface LineFormat {
  table: FieldTable;
  /** The field of the line's own time, in UTC: a text without it is no line. */
  time: string;
  /** What else tells a line of the format: its texts, in the order of the table. */
  isLine: (texts: readonly string[]) => boolean;
  /** Makes what puts fields that follow from several texts. */
  derive?: (slotOf: SlotOf) => (values: SlotValues, texts: readonly string[]) => void;
}

/** Makes the parser of a format whose fields spaces delimit, and of its JSON form, an object with the same fields by name. */
export function lineParser({ table, isLine, time, derive }: LineFormat): MessageParser {
  const timeIndex = table.names.indexOf(time);
  const putDerived = derive?.(table.slotOf);
  const textsOf = (message: string) => {
    if (!message.startsWith("{")) return splitDelimited(message);
    const members = exactObject(message);
    return members && table.textsOfMembers(members);
  };
  return slottedParser((message) => {
    const texts = textsOf(message);
    const ms = readUtcTime(texts?.[timeIndex] ?? "");
    if (texts === undefined || ms === undefined || !isLine(texts)) return undefined;
    const values = table.valuesOf(texts);
    putDerived?.(values, texts);
    return { shape: table.shape, values, time: ms, isJson: message.startsWith("{") };
  });
}

import { splitDelimited } from "./delimited";
import { exactObject } from "./exact-json";
import type { FieldTable } from "./field-table";
import type { FieldTree, MessageParser } from "./parsed-message";
import { readUtcTime } from "./utc-times";

interface LineFormat {
  table: FieldTable;
  /** The field of the line's own time, in UTC: a text without it is no line. */
  time: string;
  /** What else tells a line of the format: its texts, in the order of the table. */
  isLine: (texts: readonly string[]) => boolean;
  /** Puts fields that follow from several texts. */
  derive?: (fields: FieldTree, texts: readonly string[]) => void;
}

/** Makes the parser of a format whose fields spaces delimit, and of its JSON form, an object with the same fields by name. */
export function lineParser({ table, isLine, time, derive }: LineFormat): MessageParser {
  const timeIndex = table.names.indexOf(time);
  const textsOf = (message: string) => {
    if (!message.startsWith("{")) return splitDelimited(message);
    const members = exactObject(message);
    return members && table.textsOfMembers(members);
  };
  return (message) => {
    const texts = textsOf(message);
    const ms = readUtcTime(texts?.[timeIndex] ?? "");
    if (texts === undefined || ms === undefined || !isLine(texts)) return undefined;
    const fields = table.fieldsOf(texts);
    derive?.(fields, texts);
    return { fields, time: ms };
  };
}

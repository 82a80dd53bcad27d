import { splitDelimited } from "./delimited";
import { exactObject } from "./exact-json";
import type { FieldTable } from "./field-table";
import type { FieldTree, MessageParser } from "./parsed-message";
import { readUtcTime } from "./utc-times";

interface LineFormat {
  table: FieldTable;
  /** Whether texts, in the order of the table, are those of a line of the format. */
  isLine: (texts: readonly string[]) => boolean;
  /** The field of the line's own time. */
  time: string;
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
    if (texts === undefined || !isLine(texts)) return undefined;
    const fields = table.fieldsOf(texts);
    derive?.(fields, texts);
    const ms = readUtcTime(texts[timeIndex] ?? "");
    return ms === undefined ? { fields } : { fields, time: ms };
  };
}

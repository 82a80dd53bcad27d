import { counted } from "../../tools/text/numbers";
import type { ScannedFile } from "./scan";

/** Says which lines of a file become no documents because they are no events: such as `2 lines that name fields`. */
export function leftOutLines({ headers, blank }: Pick<ScannedFile, "headers" | "blank">): string[] {
  return [
    ...(headers > 0 ? [`${counted(headers, "line")} that name${headers === 1 ? "s" : ""} fields`] : []),
    ...(blank > 0 ? [counted(blank, "blank line")] : []),
  ];
}

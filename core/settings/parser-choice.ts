import type { ParserName } from "./parser-names";

/** `auto` decides by log group and message, `none` leaves every message as it is. */
export type ParserChoice = "none" | "auto" | ParserName;

import type { ParserName } from "./parser-names";

/** `auto` decides by log group and message, `none` leaves every message as it is. */
export type ParserChoice = "none" | "auto" | ParserName;

/** The default of the pipeline's input; that of the function's variable is `none`. */
export const PIPELINE_PARSER = "auto" satisfies ParserChoice;

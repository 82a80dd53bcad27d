import { shown } from "../../../tools/text/one-line";
import type { InputWords } from "../../log-events/words";

/** The page has no command line. */
export const PAGE_WORDS: InputWords = {
  subject: (name) => (name === "" ? "What was typed" : shown(name)),
  skip: "choose to skip invalid lines",
  timeField: "The time field",
  convert: (command) => `put what ${command} makes of it`,
};

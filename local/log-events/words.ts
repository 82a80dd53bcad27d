import { shown } from "../../tools/text/one-line";

/** How messages about lines name what they are put by. */
export interface InputWords {
  /** Begins a sentence about an input. @param file its name */
  subject(file: string): string;
  /** What leaves out invalid lines: ends a sentence. */
  readonly skip: string;
  /** What names the field of JSON lines that holds their time: begins a sentence. */
  readonly timeField: string;
  /** What to do about a file in another format: ends a sentence. @param command that writes it as text */
  convert(command: string): string;
}

export const COMMAND_WORDS: InputWords = {
  subject: (file) => `--file ${shown(file)}`,
  skip: "skip them with --skip-invalid-lines",
  timeField: "--time-field",
  convert: (command) => `pipe the output of ${command} to --file -`,
};

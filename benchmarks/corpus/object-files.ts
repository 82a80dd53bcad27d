import { type SampleObjectFormat, sampleObject } from "../../tools/sample-logs/objects";
import { isElbToEsLine } from "../subjects/elb-to-es";
import { parserCorpus } from "./parser-corpus";

/** An object to measure: its content is not compressed. */
export interface ObjectFile {
  format: SampleObjectFormat;
  key: string;
  /** Lines that are events, or elements of its array. */
  lines: number;
  content: Buffer;
}

/** The size of its content at most, and its lines. */
const MAX_BYTES = 8e6;
const MAX_LINES = 20_000;

/** An object of a format's lines, again and again: of CORPUS_DIR where it has some. */
export const objectFile = (format: SampleObjectFormat): ObjectFile => fileOf(format, parserCorpus(format).messages);

/** A Classic Load Balancer's object of lines that all of the compared programs take. */
export const comparedFile = (): ObjectFile =>
  fileOf("elb_access", parserCorpus("elb_access").messages.filter(isElbToEsLine));

function fileOf(format: SampleObjectFormat, messages: readonly string[]): ObjectFile {
  const events = messages.filter((line) => !line.startsWith("#"));
  const bytes = events.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) / events.length;
  const lines = Math.min(MAX_LINES, Math.floor(MAX_BYTES / bytes));
  const repeated = Array.from({ length: lines }, (_, n) => events[n % events.length]!);
  const headers = messages.filter((line) => line.startsWith("#"));
  const { key, text } = sampleObject(format, [...headers, ...repeated]);
  return { format, key, lines, content: Buffer.from(text) };
}

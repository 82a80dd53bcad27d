import { isUtf8 } from "node:buffer";
import { parseEnvelope } from "../events/envelope";
import { indexName, indexStem } from "../events/index-name";
import { bulkLines } from "../sinks/opensearch/bulk-request";
import { documentOf, type RecordFields, recordFields } from "../sinks/opensearch/document";
import { setFrame } from "./line-prefix";
import { setRootNames } from "./reserved-names";
import {
  ALL_WRITTEN,
  ENVELOPE,
  ensureMemory,
  ID_LENGTH,
  kernel,
  kernelMemory,
  OTHER_DAY,
  OUT_IS_FULL,
  SLACK,
  TO_BE_WRITTEN,
} from "./wasm";

setRootNames();

/** What stands in an envelope before its first event. */
const EVENTS = '"logEvents":[';
const EVENT = '{"id":"';

/** Long enough for names of control characters. With it, 100,000 events stay far below the values that the plain path parses. */
const MAX_HEAD_BYTES = 64 * 1024;

/** An envelope whose events are written one after the other. It is in the kernel's memory until the next one is opened. */
export interface Splice {
  readonly logGroup: string;
  readonly fields: RecordFields;
  readonly stem: string;
  /** Where the envelope ends, and the first event's id is: addresses in the kernel's memory. */
  readonly end: number;
  readonly first: number;
}

/** @returns undefined for an envelope that does not begin as CloudWatch Logs writes it, or has bytes that are not UTF-8 */
export function openSplice(envelope: Buffer, region: string, indexPrefix: string): Splice | undefined {
  const first = envelope.indexOf(EVENTS + EVENT) + EVENTS.length;
  if (first < EVENTS.length || first > MAX_HEAD_BYTES || !isUtf8(envelope)) return undefined;
  const head = envelope.toString("utf8", 0, first);
  // A line break would end the line in the archive. By the two texts the plain path recognizes an envelope and counts events.
  if (/[\r\n]|"message"/.test(head) || !head.includes('"messageType"')) return undefined;
  const parsed = parseEnvelope(`${head}]}`);
  if (parsed.kind !== "events") return undefined;
  const { logGroup } = parsed.envelope;
  const end = ENVELOPE + envelope.length;
  ensureMemory(end + SLACK);
  const { all } = kernelMemory();
  all.set(envelope, ENVELOPE);
  all.fill(0, end, end + SLACK);
  return {
    logGroup,
    fields: recordFields(parsed.envelope, region),
    stem: indexStem(indexPrefix, logGroup),
    end,
    first: ENVELOPE + first + EVENT.length,
  };
}

/** Lines of some events, in the kernel's memory: whoever takes them copies them before the next are asked for. */
export interface Written {
  buffer: Buffer;
  /** Where the lines of each event end in `buffer`. */
  ends: Uint32Array;
  /** Whether the envelope has no further events. */
  isLast: boolean;
}

/** Begins, again, with the first event. */
export function restart({ end, first }: Splice): void {
  kernel.open(end, first);
}

/**
 * Writes the lines of the next events, until the memory for them is full or the last event is written.
 *
 * @returns undefined when an event has not CloudWatch Logs' own form, or the envelope does not end behind the last one
 */
export function spliceNext(splice: Splice): Written | undefined {
  kernel.rewind();
  for (;;) {
    const status = kernel.spliceEvents();
    switch (status) {
      case OTHER_DAY:
        setFrame(splice.stem, splice.fields);
        break;
      case TO_BE_WRITTEN:
        writePlain(splice);
        break;
      case ALL_WRITTEN:
      case OUT_IS_FULL: {
        const { out, ends } = kernelMemory();
        return { buffer: out, ends: ends.subarray(1, 1 + ends[0]!), isLast: status === ALL_WRITTEN };
      }
      default:
        return undefined;
    }
  }
}

/** Writes the lines of the event at hand as the plain path does. */
function writePlain({ stem, fields }: Splice): void {
  const { all } = kernelMemory();
  const { id, message, from, time, start } = kernel;
  const text: string = JSON.parse(all.toString("utf8", message.value - 1, from.value + 1));
  const at = new Date(Number(time.value)).toISOString();
  const idText = all.toString("latin1", id.value, id.value + ID_LENGTH);
  const lines = bulkLines(indexName(stem, at), idText, documentOf(text, at, fields));
  kernel.setTo(start.value + all.write(lines, start.value));
}

import { BitSet } from "../delivery/bit-set";
import { fileLines } from "../log-events/file-lines";
import type { Content } from "./content";
import type { ObjectLogFormat } from "./format";
import { JsonValueCounter, jsonDepthOf } from "./json-values";

/** Longer lines are no documents: docs/access-logs.md. */
const MAX_LINE_BYTES = 1024 * 1024;

/**
 * What is expected of a file, counted without the library that the function reads it by: a mistake there would else be in what is
 * expected, too.
 */
export interface ScannedFile {
  /** Numbers of the lines, or of the JSON values, that become documents. */
  readonly events: BitSet;
  readonly eventCount: number;
  /** Lines, or JSON values; blank lines and headers too. */
  readonly lines: number;
  /** Lines that name fields: no documents. */
  readonly headers: number;
  readonly blank: number;
  /** Why the file cannot be read to its end. What comes before is counted. */
  readonly damage: string | undefined;
}

/** How the lines look that name the fields of others. */
const HEADERS: Partial<Record<ObjectLogFormat, RegExp>> = {
  cloudfront_access: /^#[A-Z][A-Za-z-]*:/,
  vpc_flow: /^[a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)*$/,
};

/** Reads a file once. @throws Error of the file system */
export async function scanContent(
  content: Content,
  format: ObjectLogFormat | undefined,
  head: string,
): Promise<ScannedFile> {
  const counts = { lines: 0, headers: 0, blank: 0, eventCount: 0, damage: undefined as string | undefined };
  const events = new BitSet();
  const addEvent = (number: number) => {
    events.add(number);
    counts.eventCount++;
  };
  const depth = jsonDepthOf(format, head);
  try {
    if (depth === undefined) {
      const header = format && HEADERS[format];
      for await (const { number, text, fault } of fileLines(content.chunks(), MAX_LINE_BYTES)) {
        counts.lines++;
        if (text !== undefined && text.trim() === "") counts.blank++;
        else if (text !== undefined && header?.test(text)) counts.headers++;
        else if (fault !== "too long") addEvent(number - 1);
      }
    } else {
      const counter = new JsonValueCounter(depth);
      for await (const chunk of content.chunks()) {
        for (let more = counter.push(chunk); more > 0; more--) addEvent(counts.lines++);
      }
    }
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!/^Z_/.test(code)) throw error;
    counts.damage = message;
  }
  return { events, ...counts };
}

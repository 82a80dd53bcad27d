import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { headOf, openContent } from "../../access-logs/content";
import type { InspectedAccessLog } from "../../access-logs/inspect";
import { jsonDepthOf } from "../../access-logs/json-values";
import { type PutAccessLog, putAccessLog } from "../../access-logs/put";
import type { SetAside } from "../../access-logs/quarantine";
import { fileLines } from "../../log-events/file-lines";
import { type CheckedEvents, eventNumbers } from "../followed-events/copy-check";
import { STREAM_FIELDS } from "../search/conditions";
import type { PutJourney, QuarantinedLines } from "./put-journey";
import { countReasons } from "./reasons";

export interface AccessLogObject {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly log: InspectedAccessLog;
  /** What was quarantined of an object, by what its documents have in their `_id`. */
  of(idSuffix: string): SetAside;
}

/** A file that becomes an object; the numbers of its events are those of its lines, or of its JSON values. */
export class AccessLogJourney implements PutJourney {
  readonly archived = undefined;
  #put: PutAccessLog | undefined;
  /** How many events are behind the line from which on an object cannot be read. */
  #unread: { readonly from: number; readonly events: number } | undefined;

  constructor(private readonly io: AccessLogObject) {}

  get mark() {
    return { field: STREAM_FIELDS[1], value: this.io.log.key };
  }

  async put(onPut: (lines: number, texts: readonly string[]) => void): Promise<void> {
    const { s3, bucket, log } = this.io;
    const texts = await firstLines(log);
    this.#put = await putAccessLog(s3, bucket, log);
    onPut(log.expected.eventCount, texts);
  }

  get events(): CheckedEvents {
    const { bucket, log } = this.io;
    const { lines, events } = log.expected;
    return {
      ledger: {
        documentIdOf: (line) => `${line}${this.#put?.idSuffix}`,
        numberOf: (eventId) => (/^\d+$/.test(eventId) ? Number(eventId) : undefined),
        // As in a search, the bucket takes the place of the log group.
        logGroupOf: () => bucket,
      },
      range: { first: 0, count: this.#put ? lines : 0 },
      isEvent: (line) => events.has(line),
    };
  }

  get quarantined(): QuarantinedLines {
    const { lines, unreadable } = this.#setAside;
    const { events } = this.io.log.expected;
    const unread = unreadable ? this.#eventsFrom(unreadable.lines) : 0;
    const before = [...lines].filter(([line]) => line < (unreadable?.lines ?? Number.POSITIVE_INFINITY));
    const reasons = countReasons(before.map(([, reason]) => reason));
    return {
      events: before.filter(([line]) => events.has(line)).length + unread,
      lines: before.length + unread,
      reasons: unread > 0 ? [{ reason: unreadable!.reason, lines: unread }, ...reasons] : reasons,
      reasonOf: (line) => (unreadable && line >= unreadable.lines ? unreadable.reason : lines.get(line)),
      deadLettered: 0,
    };
  }

  get #setAside(): SetAside {
    return this.#put ? this.io.of(this.#put.idSuffix) : { lines: new Map() };
  }

  #eventsFrom(line: number): number {
    if (this.#unread?.from !== line) {
      let events = 0;
      for (const _ of eventNumbers(this.events, line)) events++;
      this.#unread = { from: line, events };
    }
    return this.#unread.events;
  }
}

/** The events' texts of how a file begins; none of JSON values, which are no lines. */
async function firstLines({ path, format, expected }: InspectedAccessLog): Promise<string[]> {
  const head = await headOf(await openContent(path));
  if (jsonDepthOf(format, head.toString()) !== undefined) return [];
  const texts: string[] = [];
  for await (const { number, text } of fileLines(Readable.from([head]), head.length)) {
    if (expected.events.has(number - 1)) texts.push(text ?? "A line that is not UTF-8");
  }
  return texts;
}

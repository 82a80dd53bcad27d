import type { S3Client } from "@aws-sdk/client-s3";
import { objectFormat } from "../../../core/sources/s3/object-format";
import { oneLine } from "../../../tools/text/one-line";
import type { AppliedAccessLogs } from "../../access-logs/applied";
import { hasContent } from "../../access-logs/content";
import { type InspectedAccessLog, inspectAccessLog } from "../../access-logs/inspect";
import { Quarantine } from "../../access-logs/quarantine";
import { PageError } from "../server/section";
import { AccessLogJourney } from "./access-log-journey";
import { accessLogNotes } from "./access-log-notes";
import type { CheckedPut, CheckRequest, PutDestination } from "./put-journey";
import { PAGE_WORDS } from "./put-words";

export interface AccessLogPutsIo {
  readonly s3: S3Client;
  /** Buckets that files can be put into. @throws Error when the emulator does not answer */
  accessLogs(): AsyncIterable<AppliedAccessLogs>;
  /** In milliseconds since the epoch. */
  now(): number;
}

/** Puts files into the bucket of access logs by the rules of `npm start -- put --access-logs`, each under a prefix of its own. */
export class AccessLogPuts implements PutDestination {
  readonly kind = "access logs";
  /** By bucket. */
  readonly #quarantines = new Map<string, Quarantine>();

  constructor(private readonly io: AccessLogPutsIo) {}

  async names(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { bucket, quarantine } of this.io.accessLogs()) {
      names.push(bucket);
      if (!this.#quarantines.has(bucket)) this.#quarantines.set(bucket, new Quarantine(this.io.s3, quarantine));
    }
    return names;
  }

  async check({ name: bucket, file, fileName, label }: CheckRequest): Promise<CheckedPut> {
    const subject = PAGE_WORDS.subject(fileName ?? "");
    const rejection = (why: string) => new PageError(`${subject} cannot be put: ${why}.`);
    if (!(await hasContent(file.path))) throw rejection("it has no content");
    const name = keyName(fileName ?? "typed.log");
    const given = { path: file.path, name: oneLine(name), bytes: file.bytes, modified: this.io.now() };
    const inspected = await inspectAccessLog(given, name);
    if (typeof inspected === "string") throw rejection(inspected);
    // The same file that is put again is another object, which is followed by itself.
    const log: InspectedAccessLog = { ...inspected, key: `page/${label}/${inspected.key}` };
    const { key, bytes: size, expected } = log;
    const named = objectFormat({ key, size }, "auto");
    if (named.kind === "ignored") throw rejection(`its name is that of a ${named.reason}, which is no log; rename it`);
    if (expected.eventCount === 0) throw rejection("none of its lines would become a document");
    const quarantine = this.#quarantines.get(bucket);
    return {
      lines: expected.eventCount,
      notes: accessLogNotes(log, bucket),
      // Without one, the bucket is none of those that are delivered.
      journey: new AccessLogJourney({ s3: this.io.s3, bucket, log, of: (suffix) => quarantine!.of(suffix) }),
    };
  }

  async begin(): Promise<void> {}

  async update(): Promise<void> {
    for (const quarantine of this.#quarantines.values()) await quarantine.update();
  }

  get unreadable(): readonly string[] {
    return [...this.#quarantines.values()].flatMap((one) => one.unreadable);
  }
}

/** More would not leave room for the rest of a key, which has 1,024 bytes at most. In UTF-16 code units. */
const MAX_NAME = 200;

/** A file's name as one part of a key: no name is a path, or breaks the listing of a bucket. */
function keyName(fileName: string): string {
  const name = fileName.toWellFormed().replace(/[/\\\p{Cc}\p{Cn}]/gu, "_");
  const cut = name.slice(-MAX_NAME).replace(/^[\udc00-\udfff]/, "");
  return /^\.*$/.test(cut) ? `_${cut}` : cut;
}

import type { S3Client } from "@aws-sdk/client-s3";
import { objectFormat } from "../../core/sources/s3/object-format";
import { MachineError } from "../../tools/failures/machine-error";
import type { ArchiveLocation } from "../delivery/archive";
import type { SearchRetryPolicy } from "../delivery/retrying-search";
import type { SearchLocation } from "../delivery/search";
import { untilStalled } from "../delivery/until-stalled";
import type { PutAccessLog } from "./put";
import { Quarantine } from "./quarantine";
import { SearchableLines } from "./searchable-lines";

export interface AccessLogDestinations {
  readonly s3: S3Client;
  readonly search: SearchLocation;
  /** Whose `access-logs/` is the quarantine. */
  readonly quarantine: ArchiveLocation;
}

/** Outcome of delivering a file of access logs. */
export interface AccessLogReport {
  readonly log: PutAccessLog;
  /** Lines that were found in the index. */
  readonly found: number;
  /** Documents beyond one for each line. */
  readonly duplicates: number;
  /** Rejected lines, and lines that are too long, in the quarantine: how many of them by the reason. */
  readonly rejected: ReadonlyMap<string, number>;
  /** Lines that are nowhere. */
  readonly lost: number;
  /** Why the object, or the rest of it, could not be read; also in the quarantine. */
  readonly unreadable: string | undefined;
  /** Why the object has no log lines, by its key: nothing of it is delivered. */
  readonly ignored: string | undefined;
  /** From the put to the last line found; undefined when not all were. */
  readonly seconds: number | undefined;
}

/** Waits for one object; see {@link waitForAccessLogs}. */
class Waiting {
  readonly lines: SearchableLines;
  settledAt: number | undefined;

  constructor(
    readonly log: PutAccessLog,
    private readonly quarantine: Quarantine,
    search: SearchLocation,
    retryPolicy?: SearchRetryPolicy,
  ) {
    const isSettled = (line: number) => line >= this.#limit || this.#setAside.lines.has(line);
    this.lines = new SearchableLines(log, search, isSettled, retryPolicy);
  }

  /** Lines that are neither found nor quarantined, of those that can be read. */
  get open(): number {
    if (this.ignored !== undefined) return 0;
    const { lines, events } = this.log.expected;
    let open = 0;
    for (let line = 0; line < Math.min(lines, this.#limit); line++) {
      if (events.has(line) && !this.lines.has(line) && !this.#setAside.lines.has(line)) open++;
    }
    return open;
  }

  /** Whether nothing more will come. */
  get isSettled(): boolean {
    return this.open === 0 && (this.log.expected.damage === undefined || this.#setAside.unreadable !== undefined);
  }

  get ignored(): string | undefined {
    const { key, bytes } = this.log;
    const format = objectFormat({ key, size: bytes }, "auto");
    return format.kind === "ignored" ? format.reason : undefined;
  }

  async update(): Promise<void> {
    if (this.settledAt !== undefined) return;
    if (this.ignored === undefined) await this.lines.update();
    if (this.isSettled) this.settledAt = performance.now();
  }

  async report(): Promise<AccessLogReport> {
    const { log, ignored, settledAt } = this;
    const duplicates = ignored === undefined ? await this.lines.verify() : 0;
    const rejected = new Map<string, number>();
    for (const reason of this.#setAside.lines.values()) rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
    const unreadable = this.#setAside.unreadable?.reason;
    const seconds = settledAt === undefined ? undefined : (settledAt - log.putAt) / 1000;
    return { log, found: this.lines.count, duplicates, rejected, lost: this.open, unreadable, ignored, seconds };
  }

  get #setAside() {
    return this.quarantine.of(this.log.idSuffix);
  }

  /** Lines from this number on cannot be read. */
  get #limit(): number {
    return this.#setAside.unreadable?.lines ?? Number.POSITIVE_INFINITY;
  }
}

/**
 * Waits until each line of every object is in the index, or in the quarantine, or none has arrived for a while. Then counts all of
 * them once more, since duplicates may arrive later.
 *
 * @param onProgress called with the number of lines that are settled
 * @throws MachineError when the quarantine, or a part of it, cannot be read
 */
export async function waitForAccessLogs(
  logs: readonly PutAccessLog[],
  { s3, search, quarantine: location }: AccessLogDestinations,
  onProgress: (settled: number) => void,
  options: Parameters<typeof untilStalled>[1] & { readonly searchRetryPolicy?: SearchRetryPolicy } = {},
): Promise<AccessLogReport[]> {
  const quarantine = new Quarantine(s3, location);
  const waiting = logs.map((log) => new Waiting(log, quarantine, search, options.searchRetryPolicy));
  const all = logs.reduce((sum, { expected }) => sum + expected.eventCount, 0);
  await untilStalled(async () => {
    await quarantine.update();
    for (const one of waiting) await one.update();
    const open = waiting.reduce((sum, one) => sum + (one.settledAt === undefined ? one.open : 0), 0);
    onProgress(all - open);
    // A damaged file is settled by its entry in the quarantine.
    return open + waiting.filter(({ settledAt }) => settledAt === undefined).length;
  }, options);
  await quarantine.update();
  if (quarantine.unreadable.length > 0) {
    throw new MachineError(quarantine.unreadable.join(" "), "Put the files again: what was indexed is found once.");
  }
  const reports: AccessLogReport[] = [];
  for (const one of waiting) reports.push(await one.report());
  return reports;
}

/** Whether each line of a file was found once, or is in the quarantine. */
export function isSettledOnce({ duplicates, lost, seconds }: AccessLogReport): boolean {
  return duplicates === 0 && lost === 0 && seconds !== undefined;
}

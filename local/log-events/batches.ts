import type { LogLine } from "./line";

/** Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const LIMITS = {
  eventsPerCall: 10_000,
  bytesPerCall: 1_048_576,
  /** Counted for each event in addition to its message. */
  eventOverheadBytes: 26,
  spanMs: 24 * 60 * 60_000,
} as const;

/** The size of an event as PutLogEvents counts it, in bytes. */
export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + LIMITS.eventOverheadBytes;
}

/** Cuts lines into calls of PutLogEvents: one log stream each, in chronological order, within the limits. */
export function toBatches(lines: readonly LogLine[]): LogLine[][] {
  const streams = new Map<string, LogLine[]>();
  for (const line of lines) {
    const stream = JSON.stringify([line.logGroup, line.logStream]);
    const itsLines = streams.get(stream);
    if (itsLines) itsLines.push(line);
    else streams.set(stream, [line]);
  }
  return [...streams.values()].flatMap(cut);
}

function cut(stream: LogLine[]): LogLine[][] {
  const batches: LogLine[][] = [];
  let bytes = 0;
  for (const line of stream.toSorted((a, b) => a.timestamp - b.timestamp)) {
    const size = eventBytes(line.message);
    const batch = batches.at(-1);
    const fits =
      batch &&
      batch.length < LIMITS.eventsPerCall &&
      bytes + size <= LIMITS.bytesPerCall &&
      line.timestamp - batch[0]!.timestamp <= LIMITS.spanMs;
    if (fits) batch.push(line);
    else batches.push([line]);
    bytes = fits ? bytes + size : size;
  }
  return batches;
}

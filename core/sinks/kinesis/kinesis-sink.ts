import type { DeliveryObserver } from "../opensearch/delivery-observer";
import type { DeliveryProgress, Sink } from "../sink";
import type { EventLine } from "./event-line";
import { MAX_RECORD_BYTES, packLines, recordBytes } from "./pack-lines";
import { type PutRecordsIo, putStreamRecords } from "./put-records";

/** The events of a batch. They are written on demand, so that few are in memory. */
export interface LineBatch {
  lines(): Iterable<EventLine>;
}

export interface KinesisSinkOptions extends Omit<PutRecordsIo, "sent" | "stored" | "failed"> {
  observer: Pick<DeliveryObserver, "packed" | "sent" | "failed">;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
}

/**
 * Puts events into a Kinesis stream, as lines of JSON in packed records, one request after the other.
 *
 * The stream has each event at least once. The lines of a partition key are put in their order; a record that Kinesis does not take
 * at once comes behind those of its request. No request follows one that the stream has not taken whole before the deadline.
 */
export function kinesisSink(options: KinesisSinkOptions): Sink<LineBatch> {
  const { observer, monotonicMs } = options;
  return {
    async deliver(batch, progress) {
      const io: PutRecordsIo = {
        ...options,
        sent: (bytes) => observer.sent(bytes),
        failed: (reason, events) => observer.failed(reason, events),
        stored: ({ runs }) => {
          for (const run of runs) progress.delivered(run, false);
        },
      };
      const requests = packLines(fitting(batch.lines(), progress));
      for (;;) {
        const start = monotonicMs();
        const { value: request, done } = requests.next();
        observer.packed(done ? 0 : request.reduce((sum, { lines }) => sum + lines.length, 0), monotonicMs() - start);
        if (done) return;
        if (!(await putStreamRecords(request, io))) return;
      }
    },
  };
}

/** Rejects the lines that no record has room for. */
function* fitting(lines: Iterable<EventLine>, progress: DeliveryProgress): Generator<EventLine> {
  for (const line of lines) {
    const bytes = recordBytes(line);
    if (bytes <= MAX_RECORD_BYTES) yield line;
    else progress.rejected(line, `a line of ${bytes} bytes; a record of a stream has ${MAX_RECORD_BYTES} at most`);
  }
}

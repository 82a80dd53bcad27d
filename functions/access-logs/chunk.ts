import { BatchProgress, EventProgress } from "../../core/pipelines/batch-progress";
import type { DeliveryEnd } from "../../core/pipelines/object-delivery";
import type { ChunkEvents, ObjectDocuments, ReadObject } from "../../core/pipelines/object-documents";
import { rejectedLinesObject } from "../../core/pipelines/object-quarantine";
import { reportingObserver, reportingProgress } from "../../core/report/delivery-report";
import type { ArchiveObject } from "../../core/sinks/archive/archive-object";
import { putObject } from "../../core/sinks/archive/put-object";
import { broadcast } from "../../core/sinks/broadcast";
import { openSearchSink } from "../../core/sinks/opensearch/opensearch-sink";
import type { ObjectChunk } from "../../core/sources/s3/object-chunk";
import type { InvocationIo } from "./io";

/**
 * Delivers the lines of a chunk, and quarantines those that are rejected. A chunk is settled when each of its lines is one or the
 * other. Never rejects.
 *
 * @returns why it is not settled; undefined: it is
 */
export async function deliverChunk(
  chunk: ObjectChunk,
  { read, documents }: { read: ReadObject; documents: ObjectDocuments },
  io: InvocationIo,
): Promise<Exclude<DeliveryEnd, { kind: "complete" }> | undefined> {
  try {
    const events = documents.of(chunk);
    const progress = new EventProgress(events.lines.length);
    if (!progress.isSettled) await io.limited(() => deliver(events, progress, io));
    if (!progress.isSettled) return { kind: "deadline" };
    const { rejections } = progress;
    const rejected = rejectedLinesObject(io.settings.quarantinePrefix, read, { chunk, ...events, rejections });
    if (rejected) await quarantine(rejected, io);
    reportSettled(chunk, events, io);
    return undefined;
  } catch (error) {
    return { kind: "failed", error };
  }
}

async function deliver({ batch }: ChunkEvents, progress: EventProgress, io: InvocationIo): Promise<void> {
  const { report, delivery, monotonicMs } = io;
  if (delivery.remainingMs() <= 0) return;
  const observer = reportingObserver(report);
  const sink = openSearchSink({ ...io.search, bulkRequests: 1, monotonicMs, retry: delivery, observer });
  await sink.deliver(batch, broadcast(new BatchProgress([progress]), reportingProgress(report)));
}

/** @throws ArchiveError */
export async function quarantine(object: ArchiveObject, io: InvocationIo): Promise<void> {
  await putObject(object, {
    ...io.quarantine,
    retry: io.quarantining,
    failed: (reason) => io.report.failed("quarantine", reason),
  });
  io.report.add("QuarantinedBytes", object.body.length);
}

function reportSettled({ lines, tooLong }: ObjectChunk, { counts }: ChunkEvents, { report }: InvocationIo): void {
  report.add("Lines", lines.length);
  report.add("TooLongLines", tooLong.length);
  report.add("DroppedEvents", counts?.dropped ?? 0);
  report.add("SampledOutEvents", counts?.sampledOut ?? 0);
  report.add("RedactedEvents", counts?.redacted ?? 0);
  report.add("FailedRules", counts?.failed ?? 0);
}

import type { IndexLayouts } from "../../core/events/index-layout";
import { kinesisBatch } from "../../core/pipelines/kinesis-to-opensearch";
import { release } from "../../core/sinks/opensearch/buffer-pool";
import { bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { pack } from "../../core/sinks/opensearch/pack";
import { batchOf } from "../corpus/batches";
import type { Corpus } from "../corpus/corpora";
import { BULK_MAX_BYTES, batchProgress, SETTINGS } from "./core";
import { BENCH_PREFIX } from "./index-engine";

/** The layouts of the measured indices. @param shared one index for all log groups @default an index of each */
export const benchLayouts = (shared?: string): IndexLayouts => ({
  current: { prefix: BENCH_PREFIX, period: "day", sharedIndexOf: () => shared },
  earlier: [],
});

const EVENTS_PER_RECORD = 50;

interface BodiesOptions {
  events: number;
  /** Events are spread over so many log groups, record by record. @default 1 */
  logGroups?: number;
  /** Name of the index that the log groups share. @default an index of each */
  shared?: string;
}

/** The bodies that the forwarder sends for so many events of a corpus. */
export function indexBodies(corpus: Corpus, { events, logGroups = 1, shared }: BodiesOptions): Buffer[] {
  const batch = batchOf(corpus, events / EVENTS_PER_RECORD, EVENTS_PER_RECORD, { logGroups });
  const bodies: Buffer[] = [];
  const settings = { ...SETTINGS, indexLayouts: benchLayouts(shared) };
  const lines = kinesisBatch(batchProgress(batch.event.Records).records, settings, () => 1).lines();
  for (const request of pack(lines, BULK_MAX_BYTES)) {
    bodies.push(Buffer.from(bodyOf(request)));
    release(request.buffer, BULK_MAX_BYTES);
  }
  return bodies;
}

/** The end of a document's fields of the pipeline, up to its message or members. */
const OWN_END = /,"aws":\{"cloudwatch":\{"log_group":"([^"]*)","log_stream":"([^"]*)"\}\}/;

/**
 * The bodies with the documents that the forwarder sent before there was a template: each also had `log.file.path`, and an empty
 * rejection and message where it had none.
 */
export const earlierBodies = (bodies: readonly Buffer[]): Buffer[] =>
  bodies.map((body) => {
    const lines = body.toString().split("\n");
    return Buffer.from(lines.map((line, n) => (n % 2 === 1 ? earlierDocument(line) : line)).join("\n"));
  });

function earlierDocument(document: string): string {
  const message = "message" in JSON.parse(document) ? "" : ',"message":""';
  return `${document.slice(0, -1)}${message}}`.replace(
    OWN_END,
    ',"log":{"file":{"path":"$1/$2"}},"aws":{"cloudwatch":{"log_group":"$1","log_stream":"$2","rejection":""}}',
  );
}

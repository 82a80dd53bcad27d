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
  const logGroupOf = (record: number) => `/aws/lambda/checkout-${record % logGroups}`;
  const batch = batchOf(corpus, events / EVENTS_PER_RECORD, EVENTS_PER_RECORD, logGroupOf);
  const bodies: Buffer[] = [];
  const settings = { ...SETTINGS, indexLayouts: benchLayouts(shared) };
  const lines = kinesisBatch(batchProgress(batch.event.Records).records, settings, () => 1).lines();
  for (const request of pack(lines, BULK_MAX_BYTES)) {
    bodies.push(Buffer.from(bodyOf(request)));
    release(request.buffer, BULK_MAX_BYTES);
  }
  return bodies;
}

/** The bodies without each match, to measure what a member of all documents costs. */
export const withoutMembers = (bodies: readonly Buffer[], ...members: readonly RegExp[]): Buffer[] =>
  bodies.map((body) => Buffer.from(members.reduce((text, member) => text.replaceAll(member, ""), body.toString())));

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { type EventSettings, kinesisBatch } from "../../core/pipelines/kinesis-to-opensearch";
import { BatchProgress } from "../../core/pipelines/record-progress";
import { release } from "../../core/sinks/opensearch/buffer-pool";
import { bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { pack } from "../../core/sinks/opensearch/pack";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { signed } from "../http/signed";

const MIB = 1024 * 1024;

/** The forwarder's own defaults. */
export const SETTINGS: EventSettings = {
  indexPrefix: "cwl-",
  recordMaxBytes: 32 * MIB,
  timeField: "",
  fastPath: true,
};

const BULK_MAX_BYTES = 5 * MIB;

/** The forwarder behind base64 and without its requests: inflates, writes, packs, and gives each body to `take`. */
export function packBodies({ records }: BatchProgress, take: (body: Buffer) => void): void {
  for (const request of pack(kinesisBatch(records, SETTINGS, () => 1).lines(), BULK_MAX_BYTES)) {
    take(bodyOf(request));
    release(request.buffer);
  }
}

/** A batch of which nothing is read yet. */
export const batchProgress = (records: KinesisStreamEvent["Records"]): BatchProgress =>
  new BatchProgress(records.map(kinesisRecord));

/** The forwarder's core: all of its own work, signing included. */
export const core = ({ Records }: KinesisStreamEvent): void => packBodies(batchProgress(Records), signed);

/** The very bodies that the forwarder sends; copies, because it uses its buffers again. */
export function bodiesOf(batch: BatchProgress): Buffer[] {
  const bodies: Buffer[] = [];
  packBodies(batch, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** What nobody can avoid: base64, gunzip as Node does it unless told otherwise, and SHA-256 of the very bodies. */
export function floor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  for (const { kinesis } of event.Records) gunzipSync(Buffer.from(kinesis.data, "base64"));
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

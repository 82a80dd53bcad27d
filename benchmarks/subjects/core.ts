import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { bulkRequests, type EventSettings } from "../../core/pipelines/kinesis-to-opensearch";
import { giveBack } from "../../core/sinks/opensearch/buffer-pool";
import { bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { type BatchRecord, batchRecord } from "../../core/sources/kinesis/batch-record";
import { signed } from "../http/signed";

const MIB = 1024 * 1024;

/** The forwarder's own defaults. */
export const SETTINGS: EventSettings = {
  indexPrefix: "cwl-",
  recordMaxBytes: 32 * MIB,
  bulkMaxBytes: 5 * MIB,
  timeField: "",
};

/** The forwarder behind base64 and without its requests: inflates, writes, packs, and gives each body to `take`. */
export function packBodies(records: BatchRecord[], take: (body: Buffer) => void): void {
  for (const request of bulkRequests(records, SETTINGS, () => 1)) {
    take(bodyOf(request));
    giveBack(request);
  }
}

/** The forwarder's core: all of its own work, signing included. */
export const core = ({ Records }: KinesisStreamEvent): void => packBodies(Records.map(batchRecord), signed);

/** The very bodies that the forwarder sends; copies, because it uses its buffers again. */
export function bodiesOf(records: BatchRecord[]): Buffer[] {
  const bodies: Buffer[] = [];
  packBodies(records, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** What nobody can avoid: base64, gunzip as Node does it unless told otherwise, and SHA-256 of the very bodies. */
export function floor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  for (const { kinesis } of event.Records) gunzipSync(Buffer.from(kinesis.data, "base64"));
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { signedHeaders } from "../../core/http/signed-client";
import { bulkRequests, type EventSettings } from "../../core/pipelines/kinesis-to-opensearch";
import { parseEnvironment } from "../../core/settings/environment";
import { giveBack } from "../../core/sinks/opensearch/buffer-pool";
import { BULK_PATH, bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { type BatchRecord, batchRecord } from "../../core/sources/kinesis/batch-record";
import { environmentWith } from "./local-sink";

const TARGET = { origin: "https://search.example.com", service: "es", region: "eu-central-1" };
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

const environment = parseEnvironment(environmentWith(TARGET));

/** The forwarder's defaults. */
export const SETTINGS: EventSettings = {
  indexPrefix: environment.INDEX_PREFIX,
  recordMaxBytes: environment.RECORD_MAX_BYTES,
  bulkMaxBytes: environment.BULK_MAX_BYTES,
  timeField: environment.TIME_FIELD,
};

/** Signs a `_bulk` request with this body. */
export function signed(body: Buffer): void {
  const headers = { "Content-Type": "application/x-ndjson" };
  signedHeaders({ method: "POST", path: BULK_PATH, headers, body }, TARGET, CREDENTIALS);
}

/** Does what the forwarder does after base64 and before requests: inflates, writes, packs. Hands each body to `take`. */
export function packBodies(records: BatchRecord[], take: (body: Buffer) => void): void {
  for (const request of bulkRequests(records, SETTINGS, () => 1)) {
    take(bodyOf(request));
    giveBack(request);
  }
}

/** The forwarder's core: all its own work, signing included. */
export const core = ({ Records }: KinesisStreamEvent): void => packBodies(Records.map(batchRecord), signed);

/** Copies of the bodies that the forwarder sends: it reuses its buffers. */
export function bodiesOf(records: BatchRecord[]): Buffer[] {
  const bodies: Buffer[] = [];
  packBodies(records, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** The work that nobody can avoid: base64, gunzip with Node.js's defaults, and SHA-256 of the same bodies. */
export function floor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  for (const { kinesis } of event.Records) gunzipSync(Buffer.from(kinesis.data, "base64"));
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

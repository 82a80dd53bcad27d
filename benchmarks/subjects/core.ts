import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { sign } from "../../core/http/sign";
import { type EventSettings, kinesisBatch } from "../../core/pipelines/kinesis-to-opensearch";
import { type KinesisProgress, kinesisProgress } from "../../core/pipelines/record-progress";
import { parseEnvironment } from "../../core/settings/environment";
import { release } from "../../core/sinks/opensearch/buffer-pool";
import { BULK_PATH, bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { pack } from "../../core/sinks/opensearch/pack";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { environmentWith } from "./local-sink";

const TARGET = { origin: "https://search.example.com", service: "es", region: "eu-central-1" };
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

const environment = parseEnvironment(environmentWith(TARGET));

/** The forwarder's defaults. */
export const SETTINGS: EventSettings = {
  indexLayouts: layoutsOfEnvironment(environment),
  recordMaxBytes: environment.RECORD_MAX_BYTES,
  timeField: environment.TIME_FIELD,
  fastPath: environment.FAST_PATH,
};

export const { BULK_MAX_BYTES } = environment;

/** Signs a `_bulk` request with this body. */
export function signed(body: Buffer): void {
  const headers = { "Content-Type": "application/x-ndjson" };
  sign({ method: "POST", path: BULK_PATH, headers, body }, TARGET, CREDENTIALS);
}

/** Does what the forwarder does after base64 and before requests: inflates, writes, packs. Hands each body to `take`. */
export function packBodies({ records }: KinesisProgress, take: (body: Buffer) => void, settings = SETTINGS): void {
  for (const request of pack(kinesisBatch(records, settings, () => 1).lines(), BULK_MAX_BYTES)) {
    take(bodyOf(request));
    release(request.buffer, BULK_MAX_BYTES);
  }
}

/** A batch of which no record is read yet. */
export const batchProgress = (records: KinesisStreamEvent["Records"]): KinesisProgress =>
  kinesisProgress(records.map(kinesisRecord));

/** The forwarder's core: all its own work, signing included. */
export const core = ({ Records }: KinesisStreamEvent, settings = SETTINGS): void =>
  packBodies(batchProgress(Records), signed, settings);

/** Copies of the bodies that the forwarder sends: it reuses its buffers. */
export function bodiesOf(batch: KinesisProgress): Buffer[] {
  const bodies: Buffer[] = [];
  packBodies(batch, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** The work that nobody can avoid: base64, gunzip with Node.js's defaults, and SHA-256 of the same bodies. */
export function floor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  for (const { kinesis } of event.Records) gunzipSync(Buffer.from(kinesis.data, "base64"));
  hashEach(bodies);
}

/** Inflated at a time by {@link leanFloor}, in bytes. */
const PART_BYTES = 4 * 1024 * 1024;

/**
 * The same work without what Node.js adds to it: an inflater for records of 4 MiB together, which are one gzip of several members
 * (RFC 1952), into a buffer of the right size. Each member's CRC and size are still checked.
 */
export function leanFloor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  let part: Buffer[] = [];
  let bytes = 0;
  const inflate = () => gunzipSync(part.length === 1 ? part[0]! : Buffer.concat(part), { chunkSize: bytes + 1 });
  for (const { kinesis } of event.Records) {
    const data = Buffer.from(kinesis.data, "base64");
    part.push(data);
    bytes += data.readUInt32LE(data.length - 4);
    if (bytes < PART_BYTES) continue;
    inflate();
    part = [];
    bytes = 0;
  }
  if (part.length > 0) inflate();
  hashEach(bodies);
}

function hashEach(bodies: readonly Buffer[]): void {
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

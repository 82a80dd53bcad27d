import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { giveBack } from "../functions/forwarder/bulk/bodies";
import { bodyOf } from "../functions/forwarder/bulk/bulk";
import { bulkRequests, type EventSettings } from "../functions/forwarder/bulk/events";
import { batchRecord } from "../functions/forwarder/record/batch";
import { inflateRecord } from "../functions/forwarder/record/inflate";
import { signed } from "./signed";

const MIB = 1024 * 1024;

/** The forwarder's own defaults. */
const SETTINGS: EventSettings = {
  indexPrefix: "cwl-",
  recordMaxBytes: 32 * MIB,
  bulkMaxBytes: 5 * MIB,
  timeField: "",
};

/** The forwarder without its requests: decodes, writes, packs, and gives each body to `take`. */
export function packBodies(event: KinesisStreamEvent, take: (body: Buffer) => void): void {
  const records = event.Records.map(batchRecord);
  for (const items of bulkRequests(records, SETTINGS, () => 1)) {
    take(bodyOf(items));
    giveBack(items);
  }
}

/** The forwarder's core: all of its own work, signing included. */
export const core = (event: KinesisStreamEvent): void => packBodies(event, signed);

export function base64(event: KinesisStreamEvent): void {
  for (const { kinesis } of event.Records) Buffer.from(kinesis.data, "base64");
}

/** Base64 and inflating as the forwarder does it. */
export function inflate(event: KinesisStreamEvent): void {
  for (const { kinesis } of event.Records) inflateRecord(Buffer.from(kinesis.data, "base64"), SETTINGS.recordMaxBytes);
}

/** What nobody can avoid: base64, gunzip as Node does it unless told otherwise, and SHA-256 of the very bodies. */
export function floor(event: KinesisStreamEvent, bodies: readonly Buffer[]): void {
  for (const { kinesis } of event.Records) gunzipSync(Buffer.from(kinesis.data, "base64"));
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { findArrayObjects } from "../../core/fast-path/find-array-objects";
import { ObjectDocuments } from "../../core/pipelines/object-documents";
import { objectSettings } from "../../core/pipelines/object-settings";
import { parseAccessLogsEnvironment } from "../../core/settings/access-logs";
import { release } from "../../core/sinks/opensearch/buffer-pool";
import { bodyOf } from "../../core/sinks/opensearch/bulk-request";
import { pack } from "../../core/sinks/opensearch/pack";
import { ByteReader } from "../../core/sources/s3/byte-reader";
import { objectFormat } from "../../core/sources/s3/object-format";
import { readObjectLines } from "../../core/sources/s3/read-object-lines";
import { signed } from "./core";
import { accessLogsEnvironment, LOGS_BUCKET } from "./region";

const environment = parseAccessLogsEnvironment(accessLogsEnvironment({ origin: "https://search.example.com" }));
const { BULK_MAX_BYTES } = environment;
const settings = objectSettings(environment);
const [source] = environment.ACCESS_LOG_SOURCES;

/** When the object was written: 2026-11-21T03:05:00Z */
const WRITTEN = 1_795_230_300_000;

/** What a socket delivers at a time. */
const PART_BYTES = 64 * 1024;

async function* partsOf(stored: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < stored.length; at += PART_BYTES) yield stored.subarray(at, at + PART_BYTES);
}

/**
 * Does what the function `access-logs` does between the bytes that S3 sends and the requests to the search endpoint: reads lines,
 * writes documents, packs them. Hands each body to `take`.
 *
 * @param stored as it is in the bucket
 */
export async function packObject(stored: Buffer, key: string, take: (body: Buffer) => void): Promise<void> {
  const object = { bucket: LOGS_BUCKET, key, etag: "0".repeat(32), size: stored.length };
  const format = objectFormat(object, source!.format);
  if (format.kind !== "logs") throw new Error(`the function ignores ${key}`);
  const documents = new ObjectDocuments({ object, format, source: source!, lastModified: WRITTEN }, settings);
  const reader = new ByteReader(partsOf(stored), 0);
  for await (const chunk of readObjectLines(reader, undefined, format.format, { findObjects: findArrayObjects })) {
    const { batch } = documents.of(chunk);
    for (const request of pack(batch.lines(), BULK_MAX_BYTES)) {
      take(bodyOf(request));
      release(request.buffer, BULK_MAX_BYTES);
    }
  }
}

/** The core of the function: all its own work, signing included. */
export const objectCore = (stored: Buffer, key: string): Promise<void> => packObject(stored, key, signed);

/** Copies of the bodies that the function sends. */
export async function objectBodies(stored: Buffer, key: string): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  await packObject(stored, key, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** The work that nobody can avoid: gunzip with Node.js's defaults, and SHA-256 of the same bodies. @param gzip undefined: none */
export function objectFloor(gzip: Buffer | undefined, bodies: readonly Buffer[]): void {
  if (gzip) gunzipSync(gzip);
  for (const body of bodies) createHash("sha256").update(body).digest("hex");
}

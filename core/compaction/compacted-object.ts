import { createHash } from "node:crypto";
import { EXTRA_DATA_AT, extraDataOf, headerWithExtraData } from "../gzip/extra-field";

/** Ends the keys of compacted objects, after the folder: `compacted-<number>.gz`. They sort before those of shards. */
const NAME = /^compacted-(\d{6})\.gz$/;

/** `<shard>-<sequence number>.gz`, as the forwarder and replays name what they archive. */
const ORIGINAL_NAME = /^(?!compacted-)[^/]+-\d+[.\d]*\.gz$/;

/** Returns the name of the compacted object that is the `number`-th of its folder, from 0 to 999,999. */
export const compactedName = (number: number): string => `compacted-${String(number).padStart(6, "0")}.gz`;

/** Returns which compacted object of its folder a name is; undefined for any other name. */
export function compactedNumber(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether a name is that of an object as the forwarder archives it. */
export const isOriginalName = (name: string): boolean => ORIGINAL_NAME.test(name);

/** One version of an object. */
export interface OriginalVersion {
  key: string;
  /** As S3 lists it, with its quotes. */
  etag: string;
}

/** What a compacted object says about itself. */
export interface Manifest {
  /** SHA-256 of its lines, all together and with their line feeds. */
  digest: Buffer;
  lines: number;
  /** `originalId` of each object that it has the lines of, in the order of these. */
  originals: ReadonlySet<string>;
}

/** Bytes of an original's id. */
const ID_BYTES = 16;

/** Returns a short name of an object's version, as manifests have it: 32 hex digits. Folders are left out, so that a bucket can be copied. */
export function originalId({ key, etag }: OriginalVersion): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const hash = createHash("sha256")
    .update(`${name}\n${etag.replaceAll('"', "")}`)
    .digest();
  return hash.toString("hex", 0, ID_BYTES);
}

/** Of the gzip header in which the manifest is. */
const SUBFIELD_ID = "LC";
const VERSION = 1;

/** Version, digest, and the number of lines in 8 bytes. */
const FIXED_BYTES = 1 + 32 + 8;

/** Number of objects whose lines one compacted object has at most: the extra field has 65,535 bytes. */
export const MAX_ORIGINALS = 4_000;

/** Bytes at an object's start that hold all of its manifest. */
export const MANIFEST_BYTES = EXTRA_DATA_AT + FIXED_BYTES + MAX_ORIGINALS * ID_BYTES;

/** Returns the header of a gzip member that has a manifest, which all readers of gzip pass over. */
export function manifestHeader({ digest, lines, originals }: Manifest): Buffer {
  const data = Buffer.alloc(FIXED_BYTES);
  data.writeUInt8(VERSION);
  digest.copy(data, 1);
  data.writeBigUInt64LE(BigInt(lines), 1 + digest.length);
  const ids = [...originals].map((id) => Buffer.from(id, "hex"));
  return headerWithExtraData(SUBFIELD_ID, Buffer.concat([data, ...ids]));
}

/** Reads the manifest at an object's start; undefined if it has none that this version knows. */
export function readManifest(start: Buffer): Manifest | undefined {
  const data = extraDataOf(SUBFIELD_ID, start);
  if (!data || data.length < FIXED_BYTES || data[0] !== VERSION) return undefined;
  if ((data.length - FIXED_BYTES) % ID_BYTES !== 0) return undefined;
  const originals = new Set<string>();
  for (let at = FIXED_BYTES; at < data.length; at += ID_BYTES) originals.add(data.toString("hex", at, at + ID_BYTES));
  return { digest: data.subarray(1, 33), lines: Number(data.readBigUInt64LE(33)), originals };
}

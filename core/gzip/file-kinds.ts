const ofText = (text: string): Buffer => Buffer.from(text, "latin1");

/**
 * What files begin with that are no UTF-8 text. Sources: RFC 1952 (gzip), RFC 8878 (Zstandard), PKWARE "APPNOTE" (zip), "The .xz File
 * Format", Apache's "Parquet" and "ORC" specifications, the Unicode Standard "Byte Order Mark".
 */
const BEGINNINGS = [
  ["gzip", Buffer.from([0x1f, 0x8b])],
  ["zip", ofText("PK\x03\x04")],
  ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ["bzip2", ofText("BZh")],
  ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ["Parquet", ofText("PAR1")],
  ["ORC", ofText("ORC")],
  ["UTF-16", Buffer.from([0xff, 0xfe])],
  ["UTF-16", Buffer.from([0xfe, 0xff])],
] as const satisfies (readonly [string, Buffer])[];

export type FileKind = (typeof BEGINNINGS)[number][0];

/** Kinds that begin as text may: `ORCHESTRATOR started`. They are these only if control characters follow that no text has. */
const BEGIN_AS_TEXT: readonly FileKind[] = ["bzip2", "Parquet", "ORC"];

/** How much of a file says whether it is text, in bytes. */
const BEGINNING_BYTES = 1024;

const [TAB, CR, ESC, SPACE] = [9, 13, 27, 32];

const isBinary = (bytes: Buffer): boolean =>
  bytes.some((byte) => byte < TAB || (byte > CR && byte < SPACE && byte !== ESC));

/** Returns the kind of a file by its first bytes, of which at most 1,024 count; undefined: it may be text. */
export function fileKindOf(bytes: Buffer): FileKind | undefined {
  const kind = BEGINNINGS.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0];
  const isText = kind && BEGIN_AS_TEXT.includes(kind) && !isBinary(bytes.subarray(0, BEGINNING_BYTES));
  return isText ? undefined : kind;
}

/** The first bytes of each member. */
export const GZIP_MAGIC: Buffer = BEGINNINGS[0][1];

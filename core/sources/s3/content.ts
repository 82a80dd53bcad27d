import type { ByteReader } from "./byte-reader";
import { isGzipMember } from "./gzip-header";
import { inflateMembers, type PlacedBytes } from "./inflated";
import { unreadableObject } from "./object-failures";
import type { ObjectPosition } from "./object-position";

/** What files of other kinds begin with, and what to do about them. */
const OTHER_FILES: readonly [magic: Buffer, name: string, advice: string][] = [
  [Buffer.from("PAR1"), "Parquet", "Have the logs delivered as text: for VPC flow logs, the file format `plain-text`."],
  [Buffer.from("ORC"), "ORC", "Have the logs delivered as text."],
  [Buffer.from("PK\x03\x04", "latin1"), "zip", "Write the object as text or gzip."],
  [Buffer.from("BZh"), "bzip2", "Write the object as text or gzip."],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "zstd", "Write the object as text or gzip."],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), "xz", "Write the object as text or gzip."],
];

const TAB = 9;
const CR = 13;
const ESC = 27;
const SPACE = 32;

/** Whether there are control characters that no text has: Parquet, ORC and bzip2 begin as a line may (`ORCHESTRATOR started`). */
const isBinary = (bytes: Buffer): boolean =>
  bytes.some((byte) => byte < TAB || (byte > CR && byte < SPACE && byte !== ESC));

const isText = (magic: Buffer): boolean => magic.every((byte) => byte >= SPACE && byte < 0x7f);

/** The content of an object from a position on, inflated. */
export interface InflatedContent {
  isGzip: boolean;
  pieces: AsyncGenerator<PlacedBytes, void, undefined>;
}

/**
 * Opens the content of an object. The first two bytes say whether it is gzip, not the object's name.
 *
 * @param reader at the position's offset
 * @param position undefined: the object's start
 * @throws SourceObjectError
 */
export async function inflateContent(
  reader: ByteReader,
  position: ObjectPosition | undefined,
): Promise<InflatedContent> {
  const isGzip = position ? position.isGzip : isGzipMember(await reader.peek(2));
  const pieces = isGzip ? inflateMembers(reader) : plainPieces(reader);
  return { isGzip, pieces: position ? withoutFirst(position.skip, pieces) : pieces };
}

/**
 * Refuses a file of another kind. One line must not decide so about all others.
 *
 * @throws SourceObjectError
 */
export function refuseOtherFiles(beginning: Buffer): void {
  if (isGzipMember(beginning)) throw unreadableObject("gzip within gzip", "Compress the object only once.");
  for (const [magic, name, advice] of OTHER_FILES) {
    if (!beginning.subarray(0, magic.length).equals(magic)) continue;
    if (!isText(magic) || isBinary(beginning)) throw unreadableObject(`is ${name}`, advice);
  }
}

async function* plainPieces(reader: ByteReader): AsyncGenerator<PlacedBytes, void, undefined> {
  for (;;) {
    const { offset } = reader;
    const bytes = await reader.next();
    if (!bytes) return;
    yield { bytes, offset, skip: 0 };
  }
}

/** Leaves out what is delivered already. */
async function* withoutFirst(
  skip: number,
  pieces: AsyncGenerator<PlacedBytes, void, undefined>,
): AsyncGenerator<PlacedBytes, void, undefined> {
  let left = skip;
  for await (const piece of pieces) {
    const before = Math.min(left, piece.bytes.length);
    left -= before;
    if (before === piece.bytes.length) continue;
    yield before === 0 ? piece : { ...piece, bytes: piece.bytes.subarray(before), skip: piece.skip + before };
  }
}

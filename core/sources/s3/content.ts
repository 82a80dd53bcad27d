import { type FileKind, fileKindOf } from "../../gzip/file-kinds";
import type { ByteReader } from "./byte-reader";
import { isGzipMember } from "./gzip-header";
import { inflateMembers, type PlacedBytes } from "./inflated";
import { unreadableObject } from "./object-failures";
import type { ObjectPosition } from "./object-position";

/** Kinds of files that hold no lines, and what to do about them. UTF-16 is text. */
const ADVICE: Readonly<Partial<Record<FileKind, string>>> = {
  Parquet: "Have the logs delivered as text: for VPC flow logs, the file format `plain-text`.",
  ORC: "Have the logs delivered as text.",
  zip: "Write the object as text or gzip.",
  bzip2: "Write the object as text or gzip.",
  zstd: "Write the object as text or gzip.",
  xz: "Write the object as text or gzip.",
};

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
  const kind = fileKindOf(beginning);
  if (kind === "gzip") throw unreadableObject("gzip within gzip", "Compress the object only once.");
  const advice = kind && ADVICE[kind];
  if (advice) throw unreadableObject(`is ${kind}`, advice);
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

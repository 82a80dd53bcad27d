import type { ParserChoice } from "../../settings/parser-choice";
import type { ByteReader } from "./byte-reader";
import { type InflatedContent, inflateContent, refuseOtherFiles } from "./content";
import type { PlacedBytes } from "./inflated";
import { LineSplitter } from "./line-splitter";
import { CHUNK_LIMITS, type ChunkLimits, type ObjectChunk } from "./object-chunk";
import { SourceObjectError } from "./object-error";
import type { ObjectPosition } from "./object-position";
import { type FindObjects, ValueSplitter } from "./value-splitter";

/** How much of an object's content decides whether it is read value by value: spaces may come first. */
const BEGINNING_BYTES = 1024;

/** An array of JSON, an object with `Records`, or an object over several lines. */
const VALUES = /^\s*(?:\[\s*[[{\]]|\{\s*"Records"\s*:\s*\[|\{[ \t]*\r?\n\s*")/;

/** A file of CloudTrail under a key of one's own. */
const CLOUDTRAIL = /^\s*\{\s*"Records"\s*:\s*\[\s*\{\s*"eventVersion"\s*:\s*"1\./;

/**
 * How an object begins that is read value by value. A format whose lines AWS writes as JSON may come as an array, too. In all others a
 * stranger may have written the first line, which must not decide about those after it: they are read line by line.
 */
const VALUES_BEGIN: Partial<Record<ParserChoice, RegExp>> = {
  cloudtrail: /^/,
  waf: VALUES,
  network_firewall: VALUES,
  route53_resolver: VALUES,
  auto: CLOUDTRAIL,
};

export interface LinesReadOptions {
  /** @default `CHUNK_LIMITS` */
  limits?: ChunkLimits;
  /** @default one byte is read after the other */
  findObjects?: FindObjects | undefined;
}

/**
 * Reads the content of an object chunk by chunk: see `OpenSourceObject`.
 *
 * @param reader at the position's offset
 * @param position undefined: the object's start
 * @throws SourceObjectError
 */
export async function* readObjectLines(
  reader: ByteReader,
  position: ObjectPosition | undefined,
  format: ParserChoice,
  { limits = CHUNK_LIMITS, findObjects }: LinesReadOptions = {},
): AsyncGenerator<ObjectChunk, void, undefined> {
  const content = await inflateContent(reader, position);
  const beginning = position ? NOTHING_READ : await readBeginning(content.pieces);
  const from = position ?? startOf(content, beginning.pieces, format);
  const splitter =
    from.form === "lines" ? new LineSplitter(from, format, limits) : new ValueSplitter(from, limits, findObjects);
  let { failure } = beginning;
  for (const piece of beginning.pieces) yield* splitter.push(piece);
  try {
    if (!failure) for await (const piece of content.pieces) yield* splitter.push(piece);
  } catch (error) {
    failure = { error };
  }
  if (!failure) {
    yield* splitter.end();
    return;
  }
  // The lines before are right; the last one may not be whole. What another attempt reads to its end is left to that: from a place where
  // only this one broke off, chunks would begin at other lines, and what they reject would be in the quarantine twice.
  if (!isRetried(failure.error)) yield* splitter.flush();
  throw failure.error;
}

const isRetried = (error: unknown): boolean =>
  !(error instanceof SourceObjectError) || error.outcome === "message retried";

interface Beginning {
  pieces: PlacedBytes[];
  /** What came after the pieces. */
  failure?: { error: unknown };
}

const NOTHING_READ: Beginning = { pieces: [] };

/** Reads as much of the content as says what form it has. */
async function readBeginning(content: AsyncGenerator<PlacedBytes, void, undefined>): Promise<Beginning> {
  const pieces: PlacedBytes[] = [];
  try {
    for (let length = 0; length < BEGINNING_BYTES; ) {
      const { done, value } = await content.next();
      if (done) break;
      pieces.push(value);
      length += value.bytes.length;
    }
  } catch (error) {
    return { pieces, failure: { error } };
  }
  return { pieces };
}

function startOf({ isGzip }: InflatedContent, pieces: readonly PlacedBytes[], format: ParserChoice): ObjectPosition {
  const read = Buffer.concat(pieces.map(({ bytes }) => bytes.subarray(0, BEGINNING_BYTES)));
  // No more: what the parts of the network have behind it must decide nothing.
  const beginning = read.subarray(0, BEGINNING_BYTES);
  refuseOtherFiles(beginning);
  const isValues = VALUES_BEGIN[format]?.test(beginning.toString("latin1"));
  return { line: 0, offset: 0, skip: 0, isGzip, form: isValues ? "values" : "lines" };
}

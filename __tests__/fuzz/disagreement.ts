import { gunzipSync, gzipSync } from "node:zlib";
import { type IndexVariables, layoutsOfEnvironment } from "../../core/events/configured-layouts";
import type { IndexLayouts } from "../../core/events/index-layout";
import { fastPathRecord, inflateMember } from "../../core/fast-path/fast-path-record";
import { eventSources, sourceLines } from "../../core/sinks/opensearch/bulk-batch";
import type { Lines } from "../../core/sinks/opensearch/pack";
import { decodeRecord, envelopesIn } from "../../core/sources/kinesis/decode-record";
import type { Inflated } from "../../core/sources/kinesis/gunzip";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { canonical, isSameJson, type Json, parseJson } from "../support/json";
import { kinesisStreamRecord } from "../support/kinesis";
import { DEFAULT_NAMES } from "./names";
import { type ReferencePart, referenceParts } from "./reference";

const SETTINGS = { recordMaxBytes: 64 * 1024 * 1024, timeField: "" };

/** The record's place; its data is not read. */
const RECORD = kinesisRecord(kinesisStreamRecord(1, Buffer.alloc(0)));

/** Stands for the gzipped record: the archive keeps exactly this object, or writes a line of its own. */
export const OWN_BYTES = Buffer.from("the record's own bytes");

/** A replay does not know where the record came from. */
const NOWHERE = { ...RECORD, account: "", stream: "", shardId: "", sequenceNumber: "", arrival: 0, isReplayed: true };

/** What a path made of a record. */
export interface PathResult {
  readonly parts: readonly { readonly logGroup: string; readonly events: number; readonly member: Buffer }[];
  /** Two for each event: action and document. */
  readonly lines: string;
}

/** What became of a record: the plain path reads it where the fast path leaves it. */
export interface Comparison {
  readonly isFast: boolean;
  /** Whether it has events that CloudWatch Logs wrote, by the reference. */
  readonly isEnvelope: boolean;
  readonly difference?: string;
}

/** Has `bytes`, an inflated record, read as the forwarder reads it, and compares what becomes of it with the reference. */
export function compare(bytes: Buffer, names = DEFAULT_NAMES): Comparison {
  const indexLayouts = layoutsOfEnvironment(names);
  const inflated = { kind: "inflated" as const, bytes, member: OWN_BYTES };
  try {
    // In the encoder's memory, as records come there.
    const there = inflateMember(gzipSync(bytes, { level: 1 }), bytes.length) ?? bytes;
    const fast = fastPathRecord({ ...inflated, bytes: there }, 0, RECORD, { indexLayouts });
    const result = fast ? { parts: [fast], lines: joined([...fast.lines()]) } : plainResult(inflated, indexLayouts);
    const reference = referenceParts(bytes.toString("utf8"), RECORD, names);
    const difference = differenceOf(reference, result, names);
    return {
      isFast: fast !== undefined,
      isEnvelope: reference.some(({ isEnvelope }) => isEnvelope),
      ...(difference !== undefined && { difference: `${fast ? "the fast path" : "the plain path"}: ${difference}` }),
    };
  } catch (error) {
    return { isFast: false, isEnvelope: false, difference: `it throws ${(error as Error).stack}` };
  }
}

function plainResult(inflated: Inflated, layouts: IndexLayouts): PathResult {
  const decoded = decodeRecord(RECORD, SETTINGS, inflated);
  const parts = decoded.flatMap((part) => {
    if (part.kind !== "events") return [];
    const { logGroup, logEvents } = part.envelope;
    return { logGroup, events: logEvents.length, member: part.member };
  });
  const sources = eventSources(envelopesIn(decoded), RECORD, layouts);
  return { parts, lines: joined(sources.flatMap((source) => [...sourceLines(source, 0)])) };
}

/** @returns what is wrong with the result of a path; undefined: nothing */
export function differenceOf(
  reference: readonly ReferencePart[],
  { parts, lines }: PathResult,
  names = DEFAULT_NAMES,
): string | undefined {
  if (parts.length !== reference.length) return `${parts.length} parts, expected ${reference.length}`;
  for (const [i, { logGroup, events, member }] of parts.entries()) {
    const expected = reference[i]!;
    if (logGroup !== expected.logGroup) return `log group ${logGroup}, expected ${expected.logGroup}`;
    if (2 * events !== expected.lines.length) return `${events} events, expected ${expected.lines.length / 2}`;
    const difference = differenceInArchive(expected, member, names);
    if (difference) return difference;
  }
  return differenceInLines(
    reference.flatMap((part) => part.lines),
    lines,
  );
}

function differenceInLines(expected: readonly Json[], lines: string): string | undefined {
  const texts = lines.split("\n").slice(0, -1);
  if (texts.length !== expected.length) return `${texts.length} lines, expected ${expected.length}`;
  for (const [i, text] of texts.entries()) {
    const line = withoutReason(parseJson(text));
    if (!isSameJson(line, expected[i]!)) return `line ${i}:\n${canonical(line)}\nexpected:\n${canonical(expected[i]!)}`;
  }
  return undefined;
}

const memberOf = (json: Json | undefined, name: string): Json | undefined =>
  json && typeof json === "object" && "members" in json ? json.members.find(([key]) => key === name)?.[1] : undefined;

/** The reference says that a document is text, but not in which words the reason is given. */
function withoutReason(line: Json): Json {
  const rejection = memberOf(memberOf(memberOf(line, "aws"), "cloudwatch"), "rejection");
  if (rejection && typeof rejection === "object" && "string" in rejection) {
    rejection.string = rejection.string.replace(/^rejected: .+$/s, "rejected");
  }
  return line;
}

/** The archive's line has to read as the same events, or a replay would write other documents. */
function differenceInArchive(
  { isArchivedAsItCame, lines }: ReferencePart,
  member: Buffer,
  names: IndexVariables,
): string | undefined {
  if (isArchivedAsItCame) return member === OWN_BYTES ? undefined : "the archive does not keep the record's own bytes";
  if (member === OWN_BYTES) return "the archive keeps the record's own bytes";
  const line = gunzipSync(member).toString("utf8");
  // Written anew, as a replay into a stream does: its keys may have escapes.
  const [again, ...further] = referenceParts(JSON.stringify(JSON.parse(line)), NOWHERE, names);
  if (/[\r\n]/.test(line) || !again?.isArchivedAsItCame || further.length > 0)
    return `the archive's line is no complete envelope: ${line}`;
  return JSON.stringify(again.lines) === JSON.stringify(lines)
    ? undefined
    : `the archive's line reads differently: ${line}`;
}

/** The lines as they are sent; throws where positions are not those of the events. */
function joined(each: Iterable<Lines>): string {
  let text = "";
  let next = 0;
  for (const { position, buffer, ends } of each) {
    if (position !== next) throw new Error(`lines of event ${position}, expected those of ${next}`);
    next += ends.length;
    text += buffer.toString("utf8", 0, ends[ends.length - 1]);
  }
  return text;
}

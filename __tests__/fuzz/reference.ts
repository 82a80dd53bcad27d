import type { IndexVariables } from "../../core/events/configured-layouts";
import type { Envelope } from "../../core/events/envelope";
import type { Json, Member } from "../support/json";
import { referenceDocumentOf } from "./reference-fields";
import {
  type CompletedEvent,
  completedEvent,
  nearTimeOf,
  ownId,
  parsed,
  type ReadEvent,
  type ReferenceOrigin,
  referenceDocumentId,
} from "./reference-identity";
import { referenceIndex } from "./reference-index";

/** What a part of a record has to become: an envelope, or everything that an application wrote. */
export interface ReferencePart {
  /** Whether CloudWatch Logs wrote it, and not an application. */
  readonly isEnvelope: boolean;
  readonly logGroup: string;
  /** Two for each event: the action and the document of `_bulk`. */
  readonly lines: readonly Json[];
  /** Whether the archive keeps the record's own bytes: otherwise it keeps an envelope on one line that reads the same. */
  readonly isArchivedAsItCame: boolean;
}

/**
 * What a record has to become, by the docs and the decisions: the simplest program that does it, without regard for speed.
 * It shares no code with core.
 *
 * @returns none for a control message or binary data
 */
export function referenceParts(text: string, origin: ReferenceOrigin, names: IndexVariables): ReferencePart[] {
  const received = receivedIn(text);
  if (!received) {
    const written = applicationEnvelope(text, origin);
    return written ? [{ ...partOf(written, origin, names), isEnvelope: false, isArchivedAsItCame: false }] : [];
  }
  let position = 0;
  return received.map((envelope) => {
    const logEvents = envelope.logEvents.map((event, i) => completedEvent(event, position + i, origin));
    position += logEvents.length;
    const isComplete = logEvents.every(({ id, timestamp }, i) => {
      const event = envelope.logEvents[i]!;
      return id === event.id && timestamp === event.timestamp;
    });
    const isArchivedAsItCame = isComplete && parsed(text) !== undefined && !/[\r\n]/.test(text);
    return { ...partOf({ ...envelope, logEvents }, origin, names), isEnvelope: true, isArchivedAsItCame };
  });
}

interface CompletedEnvelope extends Omit<Envelope, "logEvents"> {
  readonly logEvents: readonly CompletedEvent[];
}

function partOf(envelope: CompletedEnvelope, { region }: ReferenceOrigin, names: IndexVariables) {
  const { logGroup, logEvents } = envelope;
  const lines = logEvents.flatMap((event) => {
    const action = actionOf(referenceIndex(logGroup, event.timestamp, names), referenceDocumentId(event.id, envelope));
    return [action, referenceDocumentOf(event, envelope, region)];
  });
  return { logGroup, lines };
}

const object = (...members: Member[]): Json => ({ members });

const actionOf = (index: string, id: string): Json =>
  object(["create", object(["_index", { string: index }], ["_id", { string: id }])]);

/** CloudWatch Logs writes these messages and no others, so that nothing else may be dropped. */
const CONTROL_MESSAGE =
  /^\{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":\[\],"logEvents":\[\{"id":"","timestamp":(0|[1-9]\d{0,14}),"message":"CWL CONTROL MESSAGE: Checking health of destination (Kinesis stream|Firehose)\."\}\]\}$/;

interface ReadEnvelope extends Omit<Envelope, "logEvents"> {
  readonly logEvents: readonly ReadEvent[];
}

/**
 * The envelopes of a record that holds nothing but them, control messages and white space. CloudWatch Logs writes the key without
 * escapes.
 */
function receivedIn(text: string): ReadEnvelope[] | undefined {
  if (!text.includes('"messageType"')) return undefined;
  const pieces = piecesOf(text);
  const readable = pieces.filter((piece) => !CONTROL_MESSAGE.test(piece));
  const received = readable.flatMap((piece) => {
    const read: Partial<Record<keyof Envelope, unknown>> | undefined = parsed(piece);
    return isEnvelope(read) ? read : [];
  });
  return received.length === readable.length ? received : undefined;
}

/** The objects that stand one after another in a text; the text itself, if it is anything else. */
function piecesOf(text: string): string[] {
  if (parsed(text) || !/\}[ \t\r\n]*\{/.test(text)) return [text];
  const pieces: string[] = [];
  for (let rest = text.replace(SPACE, ""); rest !== ""; ) {
    const end = endsOf(rest).find((at) => parsed(rest.slice(0, at)));
    if (end === undefined) return [text];
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).replace(SPACE, "");
  }
  return pieces;
}

const SPACE = /^[ \t\r\n]+/;

const endsOf = (text: string): number[] =>
  Array.from(text.matchAll(/\}(?=[ \t\r\n]*(\{|$))/g), ({ index }) => index + 1);

function isEnvelope(read: Partial<Record<keyof Envelope, unknown>> | undefined): read is ReadEnvelope {
  if (read?.messageType !== "DATA_MESSAGE" || !Array.isArray(read.logEvents)) return false;
  const isName = (name: unknown) => typeof name === "string" && name.length <= 512;
  const isEvent = (event: Partial<ReadEvent> | null) => typeof event?.message === "string";
  return [read.owner, read.logGroup, read.logStream].every(isName) && read.logEvents.every(isEvent);
}

/** What an application wrote: a JSON object, or lines. Binary data has a control character, and no line of text. */
function applicationEnvelope(text: string, origin: ReferenceOrigin): CompletedEnvelope | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const isControl = (code: number) => code < 32 && ![9, 10, 12, 13, 27].includes(code);
  const hasControls = (one: string) => [...one].some((character) => isControl(character.charCodeAt(0)));
  const isText = (line: string) => line.length >= 8 && !line.includes("\ufffd") && !hasControls(line);
  if (hasControls(text) && !lines.some(isText)) return undefined;
  const messages = parsed(text) ? [text] : lines;
  const { account, stream, shardId, sequenceNumber, arrival } = origin;
  const logEvents = messages.map((message, position) => {
    const id = ownId(message) ?? `${shardId}:${sequenceNumber}:${position}`;
    return { id, timestamp: nearTimeOf(message, arrival), message };
  });
  const names = { owner: account, logGroup: stream, logStream: shardId };
  return { messageType: "DATA_MESSAGE", ...names, logEvents };
}

import { completed } from "../../events/complete";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { isAggregate } from "./aggregates/magic";
import { applicationEnvelope } from "./application-record";
import { decodedBase64 } from "./base64";
import {
  type ApplicationRecord,
  decodeInflated,
  MAX_EVENTS,
  type ReceivedRecord,
  rewritten,
  roomOf,
  TOO_MANY_EVENTS,
} from "./decode";
import { tooLargeEvent } from "./expansion";
import { type Inflated, inflatedZlib, inflateRecord, isGzip, isZlibLike } from "./gunzip";
import { InflationBudget } from "./inflation-budget";
import type { KinesisRecord } from "./record";
import type { ApplicationPart, DecodedPart, RecordPart, UndecodablePart } from "./record-part";

/** How records are decoded. */
export interface DecodeSettings {
  /** Maximum size of an inflated record, in bytes: of all its levels and parts together. */
  recordMaxBytes: number;
  /** The field that holds an event's time in JSON that applications wrote: see `timeIn`. */
  timeField: string;
}

const TOO_MANY_IN_VAIN = undecodable("not inflated: too many parts before it were inflated in vain");

/** Maximum number of wrappers around one another: a relay and a producer library add one or two. */
export const MAX_WRAPPERS = 4;

/** Data, and what is known about it. */
interface Layer {
  data: Buffer;
  /** Gives events their ids. */
  record: KinesisRecord;
  /** How many wrappers may still be removed. */
  wrappersLeft: number;
  /** The gzip that the data was in. */
  member?: Buffer;
  /** Whether a replay may have put it: a record that is gzip, and no more. */
  mayBeReplayed?: boolean;
  /** Whether what it was taken from may as well be a text: it then has no parts unless it is wrapped or an envelope. */
  isGuess?: boolean;
}

/** Decodes the parts of one record, with limits for all of them together. */
export class RecordDecoder {
  readonly #timeField: string;
  readonly #inflation: InflationBudget;
  #eventsLeft = MAX_EVENTS;

  constructor({ recordMaxBytes, timeField }: DecodeSettings) {
    this.#timeField = timeField;
    this.#inflation = new InflationBudget(recordMaxBytes);
  }

  /** @param gunzipped the layer's data, inflated if it is gzip. @default inflated here */
  decode(layer: Layer, gunzipped = this.#gunzip(layer.data)): DecodedPart[] {
    const inner = this.#unwrapped(layer, gunzipped);
    if (!inner) return this.#content(layer);
    const { record, wrappersLeft } = layer;
    if (!Array.isArray(inner)) return [this.#deadLetter(inner, record)];
    if (wrappersLeft === 0) return [this.#deadLetter(undecodable(`wrapped more than ${MAX_WRAPPERS} times`), record)];
    return inner.flatMap((one) => this.decode(one));
  }

  #gunzip(data: Buffer): Inflated | Undecodable {
    if (this.#inflation.isSpent && isGzip(data)) return TOO_MANY_IN_VAIN;
    return inflateRecord(data, this.#inflation.maxBytes, this.#inflation.left);
  }

  /** Removes one wrapper; undefined if there is none. */
  #unwrapped(
    { data, record, wrappersLeft, isGuess }: Layer,
    gunzipped: Inflated | Undecodable,
  ): Layer[] | Undecodable | undefined {
    const next = { record, wrappersLeft: wrappersLeft - 1 };
    if (isAggregate(data)) {
      // A file of its own in the zip, which the cold start of functions without aggregates does not read.
      const { userRecords }: typeof import("./aggregates/user-records") = require("./aggregates/user-records");
      const records = userRecords(data, this.#eventsLeft);
      return Array.isArray(records)
        ? records.map((one, i) => ({ ...next, data: one, record: userRecord(record, one, i) }))
        : records;
    }
    if (gunzipped.kind === "undecodable") {
      this.#inflation.waste(data.length);
      return gunzipped;
    }
    const { member } = gunzipped;
    // Zeros that follow gzip are padding of blocks, which a text does not have.
    if (isGuess && member && member.length < data.length) return undecodable("bytes follow its gzip");
    if (!member && (this.#inflation.isSpent || !isZlibLike(data))) return undefined;
    const bytes = member ? gunzipped.bytes : inflatedZlib(data, this.#inflation.left);
    if (!bytes) {
      this.#inflation.waste(data.length);
      return undefined;
    }
    this.#inflation.keep(bytes.length);
    const mayBeReplayed = member !== undefined && wrappersLeft === MAX_WRAPPERS;
    return [{ ...next, data: bytes, mayBeReplayed, ...(member && { member }) }];
  }

  #content({ data, record, wrappersLeft, member, mayBeReplayed, isGuess }: Layer): DecodedPart[] {
    const inflated: Inflated = { kind: "inflated", bytes: data, ...(member && { member }) };
    const decoded = decodeInflated(inflated, this.#inflation.maxBytes, this.#eventsLeft);
    switch (decoded.kind) {
      case "control":
        return [this.#hasRoomFor(1) ? decoded : { ...TOO_MANY_EVENTS, record }];
      case "envelope":
        return this.#envelopes([decoded], record, mayBeReplayed);
      case "several":
        this.#hasRoomFor(decoded.controlMessages.length);
        return [...this.#envelopes(decoded.envelopes, record, mayBeReplayed), ...decoded.controlMessages];
      case "undecodable":
        return isGuess ? [] : [this.#deadLetter(decoded, record)];
      case "application":
        return (
          this.#inBase64(decoded.text, record, wrappersLeft) ?? (isGuess ? [] : [this.#application(decoded, record)])
        );
      default:
        return decoded satisfies never;
    }
  }

  #envelopes(received: readonly ReceivedRecord[], record: KinesisRecord, mayBeReplayed = false): RecordPart[] {
    if (!this.#hasRoomFor(received.reduce((sum, one) => sum + roomOf(one), 0))) {
      return [{ ...TOO_MANY_EVENTS, record }];
    }
    for (const { envelope } of received) {
      const tooLarge = tooLargeEvent(envelope.logEvents, this.#inflation.maxBytes);
      if (tooLarge) return [this.#deadLetter(tooLarge, record)];
    }
    // What an application writes may be a text and a key of somebody else's.
    const origin = mayBeReplayed ? record : { ...record, isReplayed: false };
    let position = 0;
    return received.map(({ envelope: given, member, bytes }) => {
      const envelope = completed(given, origin, position);
      position += envelope.logEvents.length;
      return { kind: "events", envelope, member: envelope === given ? member : rewritten(envelope, bytes) };
    });
  }

  #application({ text, bytes }: ApplicationRecord, record: KinesisRecord): ApplicationPart | UndecodablePart {
    const envelope = applicationEnvelope(text, record, this.#timeField);
    const tooLarge = tooLargeEvent(envelope.logEvents, this.#inflation.maxBytes);
    if (tooLarge) return this.#deadLetter(tooLarge, record);
    if (!this.#hasRoomFor(roomOf({ envelope }))) return { ...TOO_MANY_EVENTS, record };
    return { kind: "application", envelope, bytes };
  }

  /** Decodes base64 of anything but text or binary data; undefined for any other text. */
  #inBase64(text: string, record: KinesisRecord, wrappersLeft: number): DecodedPart[] | undefined {
    const data = wrappersLeft > 0 && text.length <= this.#inflation.left ? decodedBase64(text) : undefined;
    if (!data) return undefined;
    this.#inflation.keep(data.length);
    const parts = this.decode({ data, record, wrappersLeft: wrappersLeft - 1, isGuess: true });
    return parts.some(({ kind }) => kind !== "undecodable") ? parts : undefined;
  }

  /** A part that cannot be decoded counts as an event, as any part without events does. */
  #deadLetter(why: Undecodable, record: KinesisRecord): UndecodablePart {
    this.#hasRoomFor(1);
    return { ...why, record };
  }

  /** Counts events of the record; false if they are too many. */
  #hasRoomFor(events: number): boolean {
    if (events > this.#eventsLeft) return false;
    this.#eventsLeft -= events;
    return true;
  }
}

function userRecord(record: KinesisRecord, data: Buffer, subSequenceNumber: number): KinesisRecord {
  return { ...record, data, isReplayed: false, sequenceNumber: `${record.sequenceNumber}.${subSequenceNumber}` };
}

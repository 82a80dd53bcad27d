import { isLong, jsonStringPieces } from "../json/string-pieces";
import type { ReceivedEnvelope } from "./envelope";

/** Bytes of `record` in one piece: a multiple of three, because base64 writes three bytes in four characters. */
const RECORD_PIECE_BYTES = 3 * 64 * 1024;

/**
 * Yields an envelope as JSON, in pieces: a record can hold one event of many MiB, or many events.
 *
 * @param record the record's bytes, which the envelope then keeps as base64. @default none
 */
export function* envelopePieces({ logEvents, ...names }: ReceivedEnvelope, record?: Buffer): Generator<string> {
  yield `${JSON.stringify(names).slice(0, -1)},"logEvents":[`;
  for (const [i, event] of logEvents.entries()) {
    if (i > 0) yield ",";
    if (isLong(event.message)) yield* eventPieces(event);
    else yield JSON.stringify(event);
  }
  yield "]";
  if (record) yield* base64Pieces(record);
  yield "}";
}

function* eventPieces({ message, ...rest }: ReceivedEnvelope["logEvents"][number]): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"message":"`;
  yield* jsonStringPieces(message);
  yield '"}';
}

function* base64Pieces(record: Buffer): Generator<string> {
  yield ',"record":"';
  for (let at = 0; at < record.length; at += RECORD_PIECE_BYTES) {
    yield record.toString("base64", at, at + RECORD_PIECE_BYTES);
  }
  yield '"';
}

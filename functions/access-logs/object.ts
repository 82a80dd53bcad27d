import { deliverChunks, type ObjectDelivery } from "../../core/pipelines/object-delivery";
import { ObjectDocuments, type ReadObject } from "../../core/pipelines/object-documents";
import { unreadableMessageObject } from "../../core/pipelines/object-quarantine";
import { SourceObjectError } from "../../core/sources/s3/object-error";
import { logSourceOf, objectFormat } from "../../core/sources/s3/object-format";
import type { ObjectToRead } from "../../core/sources/s3/object-message";
import type { SourceObject } from "../../core/sources/s3/source-object";
import { deliverChunk, quarantine } from "./chunk";
import type { InvocationIo } from "./io";

/** What became of an object. */
export type ObjectSettlement =
  /** Each of its lines is settled, or it is quarantined, or it holds none. */
  | { kind: "settled" }
  /** `rest`: what is left of it. `error`: why; undefined: the deadline has passed. */
  | { kind: "unfinished"; rest: ObjectToRead; hasProgress: boolean; error?: unknown };

/** Chunks of one object in flight: one more than the engine answers to is written while it does. */
const WINDOW = 2;

const SETTLED: ObjectSettlement = { kind: "settled" };

/** Delivers an object from its position on. Never rejects. @param sent when its message was, in ms since the epoch */
export async function deliverObject(toRead: ObjectToRead, sent: number, io: InvocationIo): Promise<ObjectSettlement> {
  const { object } = toRead;
  const source = logSourceOf(io.settings.sources, object);
  if (!source) {
    io.report.warned(`Ignored ${nameOf(object)}: no source of ACCESS_LOG_SOURCES has its bucket and prefix.`);
  }
  const format = source && objectFormat(object, source.format);
  if (!source || format?.kind !== "logs") {
    io.report.add("IgnoredObjects");
    return SETTLED;
  }
  const { position, end } = await deliver(toRead, { object, format, source }, io);
  const rest = position ? { object, position } : toRead;
  const hasProgress = position !== undefined;
  switch (end.kind) {
    case "complete":
      io.report.add("Objects");
      return SETTLED;
    case "deadline":
      return { kind: "unfinished", rest, hasProgress };
    case "failed":
      return isUnreadable(end.error)
        ? quarantineMessage(end.error.message, rest, sent, io)
        : { kind: "unfinished", rest, hasProgress, error: end.error };
  }
}

async function deliver(
  toRead: ObjectToRead,
  { format, ...names }: Omit<ReadObject, "lastModified">,
  io: InvocationIo,
): Promise<ObjectDelivery> {
  const { delivery } = io;
  const untilDeadline = <T>(work: Promise<T>) => io.within(delivery.remainingMs(), work);
  try {
    const opening = io.open(toRead, format.format);
    const opened = await untilDeadline(opening);
    if (!opened) {
      opening.then(({ chunks }) => chunks.return()).catch(() => {});
      return { position: undefined, end: { kind: "deadline" } };
    }
    const read: ReadObject = { ...names, format, lastModified: opened.lastModified };
    const documents = new ObjectDocuments(read, io.settings);
    return await deliverChunks(opened.chunks, {
      window: WINDOW,
      remainingMs: delivery.remainingMs,
      untilDeadline,
      deliverChunk: (chunk) => deliverChunk(chunk, { read, documents }, io),
    });
  } catch (error) {
    return { position: undefined, end: { kind: "failed", error } };
  }
}

const isUnreadable = (error: unknown): error is SourceObjectError =>
  error instanceof SourceObjectError && error.outcome === "quarantined";

/** The lines before are settled. */
async function quarantineMessage(
  reason: string,
  rest: ObjectToRead,
  sent: number,
  io: InvocationIo,
): Promise<ObjectSettlement> {
  const { object, position } = rest;
  try {
    const message = { reason, sent, object, lines: position?.line ?? 0, body: "" };
    await quarantine(unreadableMessageObject(io.settings.quarantinePrefix, message), io);
  } catch (error) {
    return { kind: "unfinished", rest, hasProgress: false, error };
  }
  io.report.add("UnreadableObjects");
  io.report.warned(`Quarantined ${nameOf(object)}: ${reason}`);
  return SETTLED;
}

export const nameOf = ({ bucket, key }: SourceObject): string => `s3://${bucket}/${key}`;

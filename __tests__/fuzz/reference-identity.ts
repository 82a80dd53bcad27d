import { createHash } from "node:crypto";
import type { Envelope } from "../../core/events/envelope";

/** Where a record comes from. */
export interface ReferenceOrigin {
  readonly account: string;
  readonly stream: string;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly arrival: number;
  /** Whether a replay put it there, whose events keep the ids and times that they have. */
  readonly isReplayed: boolean;
}

/** An event as an envelope has it. */
export interface ReadEvent {
  readonly id?: unknown;
  readonly timestamp?: unknown;
  readonly message: string;
  readonly extractedFields?: unknown;
}

/** An event with the id and the time of its document. */
export interface CompletedEvent extends ReadEvent {
  readonly id: string;
  readonly timestamp: number;
}

const DAY_MS = 86_400_000;

/** docs/decisions/0025-identity.md: an id and a time that CloudWatch Logs can have written. */
export function completedEvent(
  { id, timestamp, message, extractedFields }: ReadEvent,
  position: number,
  { shardId, sequenceNumber, arrival, isReplayed }: ReferenceOrigin,
): CompletedEvent {
  const isId = isReplayed ? isIndexableId(id) : /^[0-9]{56}$/.test(String(id)) && typeof id === "string";
  const earliest = isReplayed ? 0 : arrival - 15 * DAY_MS;
  const latest = isReplayed ? Date.UTC(10_000, 0) - 1 : arrival + DAY_MS / 12;
  const isTime = Number.isInteger(timestamp) && (timestamp as number) >= earliest && (timestamp as number) <= latest;
  return {
    id: isId ? (id as string) : `${shardId}:${sequenceNumber}:${position}`,
    timestamp: isTime ? (timestamp as number) : arrival,
    message,
    extractedFields,
  };
}

const isIndexableId = (id: unknown): boolean =>
  typeof id === "string" && id !== "" && id.isWellFormed() && Buffer.from(id).length <= 512 - 17;

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A line may have an id of its own: a ULID, or a UUID of version 4, in `event.id`, a key without escapes. */
export function ownId(message: string): string | undefined {
  const line = message.includes('"event') ? parsed(message) : undefined;
  const id = line && ("event.id" in line ? line["event.id"] : (line.event as { id?: unknown } | null | undefined)?.id);
  return typeof id === "string" && (ULID.test(id) || UUID.test(id)) ? id : undefined;
}

const TIME_NAMES = ["@timestamp", "timestamp", "Timestamp", "time"];
const DATE = /^(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d))?(?:[.,](\d{1,9}))?\s?(?:z|([+-])(\d\d):?(\d\d)?)?$/i;

/** A line has the first of its times that is at most 14 days before and 2 hours after the arrival. */
export function nearTimeOf(message: string, arrival: number): number {
  const line = TIME_NAMES.some((name) => message.includes(`"${name}"`)) ? parsed(message) : undefined;
  const times = TIME_NAMES.map((name) => (line && Object.hasOwn(line, name) ? msOf(line[name]) : undefined));
  const isNear = (ms: number | undefined) =>
    ms !== undefined && ms >= arrival - 14 * DAY_MS && ms <= arrival + DAY_MS / 12;
  return times.find(isNear) ?? arrival;
}

/** Seconds or milliseconds since the epoch, or a date, in milliseconds. */
function msOf(value: unknown): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^\d{1,15}(\.\d+)?$/.test(value));
  if (isNumber) return Math.floor(Number(value) < 100_000_000_000 ? Number(value) * 1000 : Number(value));
  const parts = typeof value === "string" ? DATE.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((digits) => Number(digits ?? 0));
  const [, , , , , , , fraction = "", sign, zoneHour, zoneMinute = "0"] = parts;
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  const isDay = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day!;
  const isEnd = hour === 24 && minute === 0 && second === 0 && Number(fraction.slice(0, 3)) === 0;
  if (!isDay || !(hour! < 24 || isEnd) || minute! > 59 || second! > 59) return undefined;
  if (Number(zoneHour ?? 0) > 23 || Number(zoneMinute) > 59) return undefined;
  const zone = (sign === "-" ? -1 : 1) * (60 * Number(zoneHour ?? 0) + Number(zoneMinute));
  const minutes = 60 * hour! + minute! - zone;
  return date.getTime() + 60_000 * minutes + 1000 * second! + Number(fraction.padEnd(3, "0").slice(0, 3));
}

/** docs/decisions/0025-identity.md */
export function referenceDocumentId(id: string, { owner, logGroup }: Pick<Envelope, "owner" | "logGroup">): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([owner, logGroup]))
    .digest("base64url");
  return `${id}.${hash.slice(0, 16)}`;
}

/** @returns undefined for anything but a JSON object */
export function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** docs/decisions/0001-encoded-log-groups.md */
export function encodedLogGroup(logGroup: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/.test(logGroup)) return logGroup;
  const words = logGroup.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const slug = words.slice(0, 80).replace(/^-/, "").replace(/-$/, "");
  return `${slug || "x"}~${createHash("sha256").update(logGroup).digest("hex").slice(0, 16)}`;
}

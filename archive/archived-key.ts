import { streamOfPlace } from "../core/events/archive-place";
import type { Origin } from "../core/events/complete";
import { DamagedError } from "./outcome-errors";

/** `<prefix><kind>/YYYY/MM/DD/HH/<log group, or stream=<name>>/<shard>-<sequence number>.gz`; docs/archive.md. */
const KEY = /\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/(?<place>[^/]+)\/(?<shardId>[^/]+)-(?<sequenceNumber>\d+[.\d]*)\.gz$/;

/** Where an object's events came from: `stream` where its key says so. @throws DamagedError for any other key */
export function placeOfKey(key: string, region: string): { origin: Origin; stream?: string } {
  const match = KEY.exec(key);
  if (!match?.groups) throw new DamagedError("is not named as the forwarder names what it archives");
  const [, year, month, day, hour] = match;
  const { place, shardId, sequenceNumber } = match.groups as Record<"place" | "shardId" | "sequenceNumber", string>;
  const arrival = Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`);
  if (Number.isNaN(arrival)) throw new DamagedError("is named after an hour that does not exist");
  const stream = streamOfPlace(place);
  return { origin: { shardId, sequenceNumber, region, arrival }, ...(stream !== undefined && { stream }) };
}

import { shellQuote } from "../../tools/text/shell-quote";
import type { DoctorFinding } from "../check-table";
import { shownLogsOf } from "../checks/commands";
import { isPaused, mappingsOfLane } from "../checks/mappings";
import { metricOf } from "../checks/metric";
import type { DoctorContext, DoctorLane } from "../context";
import { type EventPlaces, FolderSearch, indexHolding, quarantinedSince, rejectionIn } from "./places";
import type { TestEvent } from "./put";

/** Time and waiting, which tests replace. */
export interface DoctorClock {
  /** In ms since the epoch. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** Between two looks at index and archive. */
export const POLL_MS = 500;

/** What became of a test event. */
export interface TestEventResult extends TestEvent {
  /** From PutLogEvents until a search found it, in ms, of which up to `POLL_MS` are waiting; undefined: none has. */
  readonly searchableMs?: number;
  readonly index?: string;
  /** The key of the archive's object that has it. */
  readonly archived?: string;
}

/**
 * Waits until the event is in the index and in the archive.
 *
 * @param waitSeconds at most, for both
 * @returns where it is, and what is wrong if it is not in both
 */
export async function followTestEvent(
  context: DoctorContext,
  lane: DoctorLane,
  places: EventPlaces,
  event: TestEvent,
  { waitSeconds, clock }: { waitSeconds: number; clock: DoctorClock },
): Promise<{ result: TestEventResult; findings: DoctorFinding[] }> {
  const { engine, environment } = places;
  const archive = new FolderSearch(places, "archive");
  let searchable: Pick<TestEventResult, "searchableMs" | "index"> = {};
  let archived: string | undefined;
  for (;;) {
    if (engine && searchable.index === undefined) {
      const index = await indexHolding(engine, environment, event);
      if (index !== undefined) searchable = { index, searchableMs: clock.nowMs() - event.putMs };
    }
    // What is in neither is looked for in the index alone, which costs less.
    if (archived === undefined && (!engine || searchable.index !== undefined)) {
      archived = (await archive.find(event, clock.nowMs()))?.key;
    }
    if (archived !== undefined && (!engine || searchable.index !== undefined)) break;
    if (clock.nowMs() - event.putMs >= waitSeconds * 1_000) break;
    await clock.sleep(POLL_MS);
  }
  const isWhole = archived !== undefined && (!engine || searchable.index !== undefined);
  const object = archived ?? (await archive.find(event, clock.nowMs()))?.key;
  const result = { ...event, ...searchable, ...(object !== undefined && { archived: object }) };
  if (isWhole) return { result, findings: [] };
  const stuck = await whereStuck(context, lane, places, result, clock.nowMs());
  const found = `after ${waitSeconds} s ${stuck.found}`;
  return { result, findings: [{ check: "test-event", subject: event.logGroup, found, command: stuck.command }] };
}

async function whereStuck(
  context: DoctorContext,
  lane: DoctorLane,
  places: EventPlaces,
  { index, archived, ...event }: TestEventResult,
  nowMs: number,
): Promise<{ found: string; command: string }> {
  const logs = shownLogsOf(lane.name);
  const bucket = places.environment.ARCHIVE_BUCKET;
  const contentOf = (key: string) => `aws s3 cp ${shellQuote(`s3://${bucket}/${key}`)} -`;
  if (index !== undefined) return { found: `it is in ${index}, and in no object of the archive`, command: logs };
  const rejected = await new FolderSearch(places, "rejected").find(event, nowMs);
  if (rejected) {
    const found = `the index has rejected it: ${rejectionIn(rejected.line)}`;
    return { found, command: `${contentOf(rejected.key)} | zcat` };
  }
  if (archived !== undefined) {
    return {
      found: `it is in the archive, and not in the index: a rule leaves it out, or it is not searchable yet`,
      command: logs,
    };
  }
  const quarantined = await quarantinedSince(places, event, nowMs);
  if (quarantined !== undefined) {
    return {
      found: `it is nowhere, and records came into ${quarantined} since it was put`,
      command: contentOf(quarantined),
    };
  }
  const mappings = await mappingsOfLane(context, lane);
  if (mappings.length === 0 || mappings.some(isPaused)) {
    const command = `aws lambda list-event-source-mappings --function-name ${lane.name}`;
    return { found: `it is in the stream ${lane.name}, which nobody reads`, command };
  }
  const ageMs = await metricOf(context, {
    ...{ namespace: "AWS/Lambda", metric: "IteratorAge", dimensions: { FunctionName: lane.name } },
    ...{ statistic: "Maximum", minutes: 15 },
  });
  const behind =
    ageMs === undefined ? "" : `, whose function reads records that are ${Math.round(ageMs / 1_000)} s old`;
  return { found: `it has not come through the stream ${lane.name}${behind}`, command: logs };
}

import type { AwsClients } from "../aws/clients";
import type { ArchiveLocation } from "../delivery/archive";
import type { SearchLocation } from "../delivery/search";
import { untilStalled } from "../delivery/until-stalled";
import { idsInObjects, idsInSearch } from "./found";
import type { ApplicationLine } from "./lines";
import { putApplicationLines } from "./put";

/** A delivery stream, and where its lines are to be found. */
export interface ApplicationLane {
  readonly deliveryStream: string;
  /** 1 where Firehose delivers to search. */
  readonly linesPerRecord: number;
  /** Undefined: it does not deliver to search. */
  readonly search: SearchLocation | undefined;
  readonly objects: ArchiveLocation;
}

/** What was found of a lane's lines: in search, and in S3. */
export interface ApplicationLaneReport {
  readonly lane: ApplicationLane;
  readonly put: number;
  /** Undefined where it does not deliver to search. */
  readonly inSearch: FoundCounts | undefined;
  readonly inObjects: FoundCounts;
  /** Until the last line was found. */
  readonly seconds: number;
}

/** How many of the lines were found, and how many were found again. */
export interface FoundCounts {
  readonly lines: number;
  readonly duplicates: number;
}

/** Buffers of the local lanes are short. */
const STALL_SECONDS = 60;
const POLL_MS = 500;

/** Puts lines into a delivery stream, and waits until all are found. @param run their label */
export async function deliverApplicationLines(
  lane: ApplicationLane,
  lines: readonly ApplicationLine[],
  run: string,
  { firehose, s3 }: Pick<AwsClients, "firehose" | "s3">,
  report: (text: string) => void = () => {},
): Promise<ApplicationLaneReport> {
  await putApplicationLines(firehose, lane.deliveryStream, lines, lane.linesPerRecord);
  const begin = performance.now();
  const put = new Set(lines.map(({ id }) => id));
  let [inSearch, inObjects]: [string[] | undefined, string[]] = [undefined, []];
  const look = async (): Promise<number> => {
    inSearch = lane.search && (await idsInSearch(lane.search, run));
    inObjects = await idsInObjects(s3, lane.objects, run);
    const missing = [inSearch ?? [...put], inObjects].map((ids) => put.size - new Set(ids).size);
    report(`${lane.deliveryStream}: ${missing[0]} to be found in search, ${missing[1]} in S3`);
    return missing[0]! + missing[1]!;
  };
  await untilStalled(look, { stallSeconds: STALL_SECONDS, pollMs: POLL_MS });
  const seconds = (performance.now() - begin) / 1000;
  return {
    ...{ lane, put: put.size, seconds },
    inSearch: inSearch && foundIn(inSearch, put),
    inObjects: foundIn(inObjects, put),
  };
}

function foundIn(ids: readonly string[], put: ReadonlySet<string>): FoundCounts {
  const ours = ids.filter((id) => put.has(id));
  const lines = new Set(ours).size;
  return { lines, duplicates: ours.length - lines };
}

/** Whether each line was found once, wherever the lane delivers to. */
export function isDeliveredOnce({ put, inSearch, inObjects }: ApplicationLaneReport): boolean {
  return [inSearch, inObjects].every((found) => !found || (found.lines === put && found.duplicates === 0));
}

import { type PagePut, PUT_STALLED_SECONDS, type PutStation, type PutStationName } from "../../shared/put";
import { integerText, secondsText } from "../ui/format";

interface PutSummary {
  readonly kind: "busy" | "good" | "bad";
  readonly text: string;
}

/** Says in a sentence how far a put is, and what has come of it. */
export function putSummary(put: PagePut): PutSummary {
  const { phase, received, lines, stations } = put;
  const index = stationOf(put, "index");
  const of = (count: number) => `${integerText(count)} of ${lineCount(lines)}`;
  if (phase === "receiving") {
    const { bytes = 0, of: all = 0 } = received ?? {};
    return {
      kind: "busy",
      text: bytes < all ? `Received ${megabytes(bytes)} of ${megabytes(all)}` : "Lines are checked",
    };
  }
  if (phase === "waiting") return { kind: "busy", text: `${lineCount(lines)} waiting for those before` };
  if (phase === "putting") return { kind: "busy", text: `Put ${of(stations[0]?.count ?? 0)}` };
  if (phase === "over") return outcomeOf(put);
  const archive = stations.find(({ name }) => name === "archive");
  const isArrived = index.count + put.rejected >= lines && (archive?.count ?? lines) >= lines;
  if (phase === "checking" && isArrived) {
    return { kind: "busy", text: `${arrivals(put)}. Each is looked for once more, by its id` };
  }
  if (phase === "checking") {
    return {
      kind: "busy",
      text: `Nothing has arrived for ${PUT_STALLED_SECONDS} s. Each is looked for once more, by its id`,
    };
  }
  const elapsed = secondsText(put.elapsedMs / 1000);
  return {
    kind: "busy",
    text: lines === 1 ? `In flight for ${elapsed}` : `${of(index.count)} searchable after ${elapsed}`,
  };
}

function outcomeOf(put: PagePut): PutSummary {
  const { outcome, rejected } = put;
  if (!outcome) return { kind: "bad", text: "Nothing was put" };
  const { lost, duplicated } = outcome;
  const counts = [
    `${integerText(lost)} lost`,
    `${integerText(duplicated)} duplicated`,
    ...(rejected > 0 ? [`${integerText(rejected)} in quarantine`] : []),
  ];
  const isGood = lost + duplicated + rejected === 0 && put.error === undefined;
  return { kind: isGood ? "good" : "bad", text: `${arrivals(put)}: ${counts.join(", ")}` };
}

/** Such as `1 line searchable after 2.1 s, archived after 2.6 s`. */
function arrivals({ lines, stations }: PagePut): string {
  const parts = stations.flatMap(({ name, count, lastMs }) => {
    const what = ENDS[name];
    if (what === undefined) return [];
    if (lastMs === undefined) return [`none ${what}`];
    return [`${count < lines ? `${integerText(count)} ` : ""}${what} after ${secondsText(lastMs / 1000)}`];
  });
  return `${lineCount(lines)} ${parts.join(", ")}`;
}

/** Stations where lines end. */
const ENDS: Partial<Record<PutStationName, string>> = { index: "searchable", archive: "archived" };

/** A put's station, which has no lines until they are checked. */
export const stationOf = ({ stations }: PagePut, name: PutStationName): PutStation =>
  stations.find((one) => one.name === name) ?? { name, count: 0 };

/** When lines have arrived somewhere, since the put. */
export function afterText({ count, firstMs, lastMs }: Omit<PutStation, "name">): string {
  if (count === 0 || firstMs === undefined || lastMs === undefined) return "";
  const [first, last] = [secondsText(firstMs / 1000), secondsText(lastMs / 1000)];
  return first === last ? `after ${last}` : `after ${first} to ${last}`;
}

const lineCount = (count: number): string => (count === 1 ? "1 line" : `${integerText(count)} lines`);

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

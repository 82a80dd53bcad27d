import { count, counted } from "../tools/text/numbers";
import type { AuditArguments } from "./arguments/arguments";
import type { NothingFound } from "./report";

/** Names that are printed; --json prints all. */
const MAX_NAMES = 20;

/** Says that nothing was found to compare, and what there is instead. */
export function nothingFoundText(
  found: NothingFound,
  { bucket, selection, accessLogs, archivePrefix }: AuditArguments,
) {
  const { logGroup, account } = selection;
  const group = logGroup === undefined ? [] : [`the log group ${logGroup}`];
  const what = [...group, ...(account === undefined ? [] : [`the account ${account}`])].join(" in ");
  const empty = (prefix: string, option: string) =>
    `no object is under ${bucket}/${prefix}. Check --bucket and ${option}.`;
  const reason = () => {
    if (found.isFuture) return "these times are still to come. Check --from.";
    if (accessLogs) {
      if (!found.isKnown) return empty(accessLogs.prefix, "--prefix");
      return `no line of these times is in the objects under ${bucket}/${accessLogs.prefix}, nor in the index.`;
    }
    if (found.isKnown) return `neither archive nor index has an event of these times${what && `, of ${what}`}.`;
    if (what === "") return empty(`${archivePrefix}archive/`, "--archive-prefix");
    return `neither archive nor index knows ${what}. Check ${logGroup === undefined ? "--account" : "--log-group"}.`;
  };
  return `Nothing was found to compare: ${reason()}${placesText(found)}`;
}

function placesText({ places }: NothingFound): string {
  if (!places || places.hours === 0) return "";
  const { logGroups, streams, hours } = places;
  const of = hours === 1 ? "this hour" : `these ${counted(hours, "hour")}`;
  if (logGroups.length + streams.length === 0) return ` The archive has nothing of ${of}.`;
  const named = [
    ...(logGroups.length > 0 ? [`log groups ${namesText(logGroups)}`] : []),
    ...(streams.length > 0 ? [`streams that log groups share ${namesText(streams)}`] : []),
  ];
  return ` By its keys, the archive has of ${of}: ${named.join("; ")}.`;
}

const namesText = (names: readonly string[]): string =>
  names.slice(0, MAX_NAMES).join(", ") +
  (names.length > MAX_NAMES ? ` and ${count(names.length - MAX_NAMES)} more` : "");

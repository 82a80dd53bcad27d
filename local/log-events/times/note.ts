import { count } from "../../../tools/text/numbers";
import { COMMAND_WORDS } from "../words";
import type { TimeCounts } from "./line-times";

/** Describes the times that the lines get, in a sentence. */
export function timesNote(counts: TimeCounts, timeField: string | undefined, words = COMMAND_WORDS): string {
  const { own, inherited, tooOld, tooNew, none, json, unzoned } = counts;
  const total = own + tooOld + tooNew + none;
  const hint =
    json > 0 && timeField === undefined
      ? ` ${words.timeField} names the field of JSON lines that contains their time.`
      : json > 0
        ? ` ${count(json)} lines of JSON have no time in ${timeField}.`
        : "";
  if (none === total) {
    return `All lines get the time of the put: none begins with a recognized time.${hint}`;
  }
  const kept =
    own === total
      ? "All lines keep their own time"
      : `${count(own)} of ${count(total)} lines ${own === 1 ? "keeps its" : "keep their"} own time`;
  const parts = [
    `${kept}${inherited > 0 ? ` (${count(inherited)} without a time ${inherited === 1 ? "takes" : "take"} that of an earlier line)` : ""}`,
    ...(tooOld > 0
      ? [`${count(tooOld)} ${are(tooOld)} older than 14 days, which CloudWatch Logs does not accept`]
      : []),
    ...(tooNew > 0
      ? [`${count(tooNew)} ${are(tooNew)} more than 2 hours in the future, which CloudWatch Logs does not accept`]
      : []),
    ...(none > 0 ? [`${count(none)} ${none === 1 ? "has" : "have"} no time`] : []),
  ];
  const others = own === total ? "" : ": they get the time of the put";
  const utc = unzoned > 0 ? " Times without an offset are read as UTC." : "";
  return `${parts.join("; ")}${others}.${utc}${hint}`;
}

const are = (value: number): string => (value === 1 ? "is" : "are");

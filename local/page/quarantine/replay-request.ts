import { isObject } from "../../../core/json/object";
import { parseTime, TIME_FORM } from "../../../tools/usage/time";
import { PageError } from "../server/section";
import type { ReplayRequest } from "../shared/quarantine";
import { REPLAYED_KINDS } from "./replay-range";

/** Reads what a button asks for. @throws PageError listing all that is wrong */
export function replayRequestOf(body: unknown): ReplayRequest {
  const { kind, origin, from, to, isDryRun } = isObject(body) ? body : {};
  const known = REPLAYED_KINDS.find((one) => one === kind);
  const times = { from, to };
  const wrong = Object.entries(times).filter(([, text]) => typeof text !== "string" || parseTime(text) === undefined);
  const errors = [
    ...(known ? [] : [`kind is ${JSON.stringify(kind)}. Allowed: ${REPLAYED_KINDS.join(", ")}.`]),
    ...wrong.map(([name, text]) => `${name} is ${JSON.stringify(text)}. Allowed: ${TIME_FORM}.`),
    ...(typeof isDryRun === "boolean" ? [] : [`isDryRun is ${JSON.stringify(isDryRun)}. Allowed: true and false.`]),
    ...(origin === undefined || (typeof origin === "string" && origin !== "" && !origin.includes("\0"))
      ? []
      : [`origin is ${JSON.stringify(origin)}. Allowed: a log group's name.`]),
  ];
  if (errors.length > 0) throw new PageError(errors.join("\n"));
  return {
    kind: known!,
    from: String(from),
    to: String(to),
    isDryRun: isDryRun === true,
    ...(origin !== undefined && { origin: String(origin) }),
  };
}

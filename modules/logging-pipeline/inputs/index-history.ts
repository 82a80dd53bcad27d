import { ENVIRONMENT } from "../../../core/settings/environment";
import { parseBoundary } from "../../../core/settings/index-history";
import { INDEX_PERIODS } from "../../../core/settings/index-periods";
import { type InputRule, oneOf, size } from "../../inputs/rules";
import { field, map, object, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { logGroupName, sharedIndex } from "./log-groups";

export const indexPeriod = string(oneOf(INDEX_PERIODS));

/** `timeadd` rejects a day that does not exist. */
const boundary: InputRule = {
  allowed: "a whole hour in UTC such as 2026-12-01T00:00:00Z",
  accepts: (value) => typeof value === "string" && parseBoundary(value) !== undefined,
  condition: (value) =>
    `can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:00:00Z$", ${value})) && can(timeadd(${value}, "0s"))`,
};

/** Earlier names of indices, by the time of the first event that no longer has them. */
export const indexHistory = map(
  object({
    prefix: field(
      string(acceptedText(ENVIRONMENT.INDEX_PREFIX)),
      ENVIRONMENT.INDEX_PREFIX.default,
      "the `index_prefix` until then",
    ),
    period: field(indexPeriod, "day", "the `index_period` until then"),
    defaultIndex: field(string(sharedIndex), null, "the `default_index` until then. null: there was none"),
    indices: field(
      map(string(sharedIndex), [logGroupName]),
      {},
      "the `index` of each log group that had one until then, by the name of the log group",
    ),
  }),
  [boundary],
  // Ten of the longest fit into a function's environment if nothing else in it is long: see ../environment-size.
  size(0, 10, "entries", "Lambda Developer Guide, Lambda quotas"),
);

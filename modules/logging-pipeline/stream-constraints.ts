import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** The rules between log groups and the streams that they share. */
export const streamConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "log_groups",
    allowed: "a stream that streams has, or none",
    decidedBy: ["logGroups", "streams"],
    violations: ({ logGroups, streams }) =>
      Object.entries(logGroups).flatMap(([name, { stream = null }]) =>
        stream === null || Object.hasOwn(streams, String(stream)) ? [] : [{ name, stream }],
      ),
    violationsAtPlan: ({ logGroups, streams }) =>
      hcl`[for key, group in ${logGroups} : { name = key, stream = group.stream } if group.stream != null && !contains(keys(${streams}), coalesce(group.stream, "-"))]`,
  },
  {
    path: "streams",
    allowed: "any name but that of a log group with a stream of its own: the two streams would have one name",
    decidedBy: ["logGroups", "streams"],
    violations: ({ logGroups, streams }) =>
      Object.entries(logGroups).flatMap(([name, { stream = null, keepOwnStream }]) =>
        (stream === null || keepOwnStream) && Object.hasOwn(streams, name) ? [name] : [],
      ),
    violationsAtPlan: ({ logGroups, streams }) =>
      hcl`[for key, group in ${logGroups} : key if (group.stream == null || group.keep_own_stream) && contains(keys(${streams}), key)]`,
  },
];

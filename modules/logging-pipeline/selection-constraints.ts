import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

const allowed = "a stream that streams has, which several log groups can share";

/** The rules between streams and what subscribes log groups to them without naming each. */
export const selectionConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "log_group_prefixes",
    allowed,
    decidedBy: ["logGroupPrefixes", "streams"],
    violations: ({ logGroupPrefixes, streams }) =>
      Object.entries(logGroupPrefixes)
        .map(([prefix, { stream }]) => ({ prefix, stream, streams: Object.keys(streams).sort() }))
        .filter(({ stream }) => !Object.hasOwn(streams, String(stream))),
    violationsAtPlan: ({ logGroupPrefixes, streams }) =>
      hcl`[for prefix, subscription in ${logGroupPrefixes} : { prefix = prefix, stream = subscription.stream, streams = keys(${streams}) } if !contains(keys(${streams}), subscription.stream)]`,
  },
  ...(
    [
      ["account_subscription", "accountSubscription"],
      ["log_destination", "logDestination"],
    ] as const
  ).map(
    ([path, input]): Constraint<typeof pipelineInputs> => ({
      path,
      allowed,
      decidedBy: [input, "streams"],
      violations: ({ [input]: { stream }, streams }) =>
        stream === null || Object.hasOwn(streams, String(stream))
          ? []
          : [{ stream, streams: Object.keys(streams).sort() }],
      violationsAtPlan: ({ [input]: { stream }, streams }) =>
        hcl`[for stream in [${stream}] : { stream = stream, streams = keys(${streams}) } if stream == null ? false : !contains(keys(${streams}), stream)]`,
    }),
  ),
];

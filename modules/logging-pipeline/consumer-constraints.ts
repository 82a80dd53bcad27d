import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** Of one stream (Kinesis Data Streams API Reference, RegisterStreamConsumer). */
const MAX_CONSUMERS = 20;
/** Of one on-demand stream, in an account with On-demand Advantage. */
const MAX_CONSUMERS_ON_DEMAND = 50;

export const consumerConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "stream_consumers",
    allowed: "a stream that streams has, or a log group of log_groups with a stream of its own",
    decidedBy: ["streamConsumers", "logGroups", "streams"],
    violations: ({ streamConsumers: consumers, logGroups, streams }) =>
      Object.entries(consumers).flatMap(([name, of]) => {
        const { stream = null, keepOwnStream } = Object(Object.hasOwn(logGroups, of) ? logGroups[of] : { stream: of });
        return Object.hasOwn(streams, of) || stream === null || keepOwnStream ? [] : [{ name, stream: of }];
      }),
    violationsAtPlan: ({ streamConsumers: consumers, logGroups, streams }) => {
      const own = hcl`[for key, group in ${logGroups} : key if group.stream == null || group.keep_own_stream]`;
      return hcl`[for name, stream in ${consumers} : { name = name, stream = stream } if !contains(concat(keys(${streams}), ${own}), stream)]`;
    },
  },
  {
    path: "stream_consumers",
    allowed: `up to ${MAX_CONSUMERS} consumers of a stream, and ${MAX_CONSUMERS_ON_DEMAND} of an on-demand one with On-demand Advantage (Kinesis Data Streams API Reference, RegisterStreamConsumer)`,
    decidedBy: ["streamConsumers", "logGroups", "streams"],
    violations: ({ streamConsumers: consumers, logGroups, streams }) => {
      const all = Object.values(consumers).map(String);
      return [...new Set(all)].sort().flatMap((stream) => {
        const { shards } = Object({ ...logGroups, ...streams }[stream]);
        const count = all.filter((each) => each === stream).length;
        return count > (shards === 0 ? MAX_CONSUMERS_ON_DEMAND : MAX_CONSUMERS) ? [{ consumers: count, stream }] : [];
      });
    },
    violationsAtPlan: ({ streamConsumers: consumers, logGroups, streams }) => {
      const isOnDemand = hcl`try(${streams}[stream].shards, ${logGroups}[stream].shards, 1) == 0`;
      const byStream = hcl`{ for name, stream in ${consumers} : stream => name... }`;
      return hcl`[for stream, names in ${byStream} : { consumers = length(names), stream = stream } if length(names) > (${isOnDemand} ? ${MAX_CONSUMERS_ON_DEMAND} : ${MAX_CONSUMERS})]`;
    },
  },
];

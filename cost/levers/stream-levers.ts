import { neededShards } from "../model/traffic";
import type { Change, LeverRow } from "./lever";

/** A window that an archive of fewer, larger objects is worth waiting for. */
const LONG_WINDOW_SECONDS = 30;

const oneStream: Change = (deployment, workload) => {
  const [first] = deployment.streams;
  const shards = neededShards(deployment, workload);
  if (first === undefined || (deployment.streams.length === 1 && first.shards > 0 && first.shards <= shards))
    return undefined;
  const change = `one stream with ${shards === 1 ? "1 shard" : `${shards} shards`} for all log groups, by log_groups[*].stream`;
  return { change, to: { ...deployment, streams: [{ ...first, shards }] } };
};

/** Of the streams, and of the functions that read them. */
export const STREAM_LEVERS: readonly LeverRow[] = [
  ["streams", "streams", oneStream],
  [
    "streams",
    "stream_retention_hours",
    (deployment) =>
      deployment.streams.some(({ retentionHours }) => retentionHours > 24)
        ? {
            change: "24",
            to: { ...deployment, streams: deployment.streams.map((each) => ({ ...each, retentionHours: 24 })) },
          }
        : undefined,
  ],
  [
    "functions",
    "maximum_batching_window_in_seconds",
    (deployment) =>
      deployment.batching.windowSeconds < LONG_WINDOW_SECONDS
        ? {
            change: `${LONG_WINDOW_SECONDS}: events are found that much later`,
            to: { ...deployment, batching: { ...deployment.batching, windowSeconds: LONG_WINDOW_SECONDS } },
          }
        : undefined,
  ],
  [
    "functions",
    "function_architecture",
    (deployment) => ({
      change: "arm64",
      to: { ...deployment, functions: deployment.functions.map((each) => ({ ...each, isArm: true })) },
    }),
  ],
];

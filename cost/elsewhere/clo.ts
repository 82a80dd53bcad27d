import { timeOf } from "../model/functions";
import { DAYS, HOURS } from "../model/units";
import { type Usage, usagesOf } from "../model/usage";

/** Bytes that CLO counts on a shard for, of raw logs, in GB a day; PUT units, and time of 1 GB of memory, for each GB. */
const CLO = { shardGbPerDay: 60.48, unitsPerGb: 1e6, invocationsPerGb: 1_000, secondsPerGb: 500 };

/** Records of 1 KB, as CLO counts. */
export function cloUsage(gbPerDay: number): Usage[] {
  const streams = usagesOf("streams");
  return [
    streams("shards", "shard_hour", Math.ceil(gbPerDay / CLO.shardGbPerDay) * HOURS),
    streams("PUT payload units", "put_unit_million", (gbPerDay * DAYS * CLO.unitsPerGb) / 1e6),
    ...timeOf(
      "functions",
      "processor",
      { memoryMib: 1_024, isArm: false },
      gbPerDay * DAYS * CLO.invocationsPerGb,
      gbPerDay * DAYS * CLO.secondsPerGb,
    ),
  ];
}

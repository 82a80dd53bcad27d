import type { Deployment } from "../plan/deployment";
import { type MonthlyTraffic, shardsOfStream } from "./traffic";
import { DAYS, GIB, HOURS, ON_DEMAND_UNIT, PUT_UNIT } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

const DAY_HOURS = 24;
const WEEK_HOURS = 168;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Streams share the records by their shards. */
export function streamUsage({ streams }: Deployment, traffic: MonthlyTraffic, { peak }: Workload): Usage[] {
  const usage = usagesOf("streams");
  const { records, recordBytes } = traffic;
  const ofPeak = { gb: (records * recordBytes * peak) / GIB, records: records * peak };
  const sized = streams.map((stream) => ({ ...stream, capacity: shardsOfStream(stream, streams.length, ofPeak) }));
  const capacity = sum(sized.map((stream) => stream.capacity));
  const shareOf = (part: number) => (capacity === 0 ? 0 : part / capacity);
  const gb = (records * recordBytes) / GIB;
  const provisioned = sized.filter(({ shards }) => shards > 0);
  const onDemand = sized.filter(({ shards }) => shards === 0);
  const ofProvisioned = shareOf(sum(provisioned.map((stream) => stream.capacity)));
  const ofOnDemand = shareOf(sum(onDemand.map((stream) => stream.capacity)));
  const rounded = (unit: number) => Math.ceil(recordBytes / unit);
  const daysBeyond = (stream: (typeof sized)[number], hours: number) =>
    Math.max(0, stream.retentionHours - hours) / DAY_HOURS;
  const gbPerDay = gb / DAYS;
  return [
    usage("shards", "shard_hour", sum(provisioned.map((stream) => stream.shards)) * HOURS),
    usage("PUT payload units", "put_unit_million", (records * ofProvisioned * rounded(PUT_UNIT)) / 1e6),
    usage(
      "retention beyond 24 hours",
      "extended_shard_hour",
      sum(provisioned.filter((stream) => stream.retentionHours > DAY_HOURS).map((stream) => stream.shards)) * HOURS,
    ),
    usage(
      "retention beyond 7 days",
      "long_term_gb_month",
      sum(sized.map((stream) => gbPerDay * shareOf(stream.capacity) * daysBeyond(stream, WEEK_HOURS))),
    ),
    usage("on-demand streams", "stream_hour", onDemand.length * HOURS),
    usage(
      "data written to on-demand streams",
      "stream_written_gb",
      (records * ofOnDemand * rounded(ON_DEMAND_UNIT) * ON_DEMAND_UNIT) / GIB,
    ),
    usage("data read from on-demand streams", "stream_read_gb", gb * ofOnDemand),
    usage(
      "retention beyond 24 hours, on-demand",
      "stream_extended_gb_month",
      sum(
        onDemand.map(
          (stream) =>
            gbPerDay *
            shareOf(stream.capacity) *
            Math.min(daysBeyond(stream, DAY_HOURS), (WEEK_HOURS - DAY_HOURS) / DAY_HOURS),
        ),
      ),
    ),
    usage(
      "consumers with enhanced fan-out, shards",
      "consumer_shard_hour",
      sum(provisioned.map((stream) => stream.consumers * stream.shards)) * HOURS,
    ),
    usage(
      "consumers with enhanced fan-out, data",
      "consumer_gb",
      sum(provisioned.map((stream) => stream.consumers * gb * shareOf(stream.capacity))),
    ),
    usage(
      "consumers with enhanced fan-out, on-demand",
      "stream_consumer_gb",
      sum(onDemand.map((stream) => stream.consumers * gb * shareOf(stream.capacity))),
    ),
  ];
}

import { UsageError } from "../tools/usage/usage-error";
import type { CostArguments } from "./arguments/arguments";
import { capacityOf } from "./capacity";
import { elsewhereOf } from "./elsewhere/elsewhere";
import type { Elsewhere } from "./elsewhere/way";
import { type Lever, leversOf } from "./levers/levers";
import { type BillLine, billOf, missingPrices, totalOf, usageOf } from "./model/bill";
import { meaningOf } from "./prices/price-names";
import { COMPLETE_REGION } from "./prices/regions";

/** What a plan costs a month. */
export interface CostReport {
  readonly args: CostArguments;
  /** The dearest first. */
  readonly lines: readonly BillLine[];
  readonly usd: number;
  readonly levers: readonly Lever[];
  /** What the plan may be too small for. */
  readonly capacity: readonly string[];
  /** Without `usd`: a price is missing. */
  readonly elsewhere: readonly (Elsewhere & { readonly usd?: number })[];
  readonly notIncluded: readonly (readonly [what: string, reason: string])[];
}

/**
 * Computes a report.
 *
 * @throws UsageError naming every price that is missing
 */
export function reportOf(args: CostArguments): CostReport {
  const { deployment, workload, prices, groups } = args;
  const usages = usageOf(deployment, workload);
  const missing = missingPrices(usages, prices);
  if (missing.length > 0) {
    const others =
      prices.region === COMPLETE_REGION ? "" : `, or compare by --region ${COMPLETE_REGION}, which has all`;
    throw new UsageError([
      ...missing.map((name) => `${prices.region} has no sourced price ${name}: ${meaningOf(name)}.`),
      `Give ${missing.length === 1 ? "it" : "them"} by --prices, as docs/cost.md shows${others}.`,
    ]);
  }
  const lines = billOf(usages, prices).sort((a, b) => b.usd - a.usd);
  return {
    ...{ args, lines, usd: totalOf(lines), levers: leversOf(deployment, workload, prices) },
    capacity: capacityOf(deployment, workload, groups),
    elsewhere: elsewhereOf(deployment, workload, groups).map((way) =>
      missingPrices(way.usage, prices).length > 0 ? way : { ...way, usd: totalOf(billOf(way.usage, prices)) },
    ),
    notIncluded: [...deployment.notIncluded, ...unknownOf(args)],
  };
}

/** What the total cannot have, because the plan or the workload does not say it. */
function unknownOf({ deployment, workload }: CostArguments): (readonly [string, string])[] {
  const { functions, firehoses, logGroups, lifecycle, streams } = deployment;
  const hasLogs = workload.logGbPerDay > 0 || workload.measured !== undefined;
  const is = (kind: string) => functions.some((each) => each.kind === kind);
  const facts: readonly (readonly [isSo: boolean, what: string, reason: string])[] = [
    [streams.length > 0 && !hasLogs, "log groups", "--gb-per-day is not given"],
    [hasLogs && streams.length === 0, "log groups", "the plan has no stream that they are delivered by"],
    [firehoses.length > 0 && workload.firehoseGbPerDay === 0, "Firehose", "--firehose-gb-per-day is not given"],
    [is("access-logs") && workload.accessLogGbPerDay === 0, "access logs", "--access-logs-gb-per-day is not given"],
    [
      hasLogs && !logGroups.some(({ isOwn }) => !isOwn),
      "storage in CloudWatch Logs",
      "the plan has none of the log groups, whose retention decides",
    ],
    [
      is("forwarder") && lifecycle === undefined,
      "lifecycle of the archive",
      "its bucket is in no plan: all counts as S3 Standard; give the archive's plan, too",
    ],
    [true, "free tiers, discounts, taxes, support", "the same for whatever you run"],
    [
      hasLogs && deployment.functions.some(({ kind, variables }) => kind === "forwarder" && !variables.INDEX_PERIOD),
      "log_groups[*].metrics",
      "this plan knows the functions' variables after the apply only: give its state",
    ],
    [is("forwarder"), "X-Ray", "a part of the invocations is traced, at a price per trace"],
  ];
  return facts.filter(([isSo]) => isSo).map(([, what, reason]) => [what, reason]);
}

import { ENVIRONMENT } from "../../core/settings/environment";
import { MAX_VALUE_SETS } from "../../core/settings/event-metrics";
import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { decimalNumber, ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { UsageCommand } from "../../tools/usage/usage-command";
import { DEFAULT_METRIC_HOURS, MAX_METRIC_HOURS } from "../metrics/queries";
import { DEFAULT_WORKLOAD } from "../model/workload";
import { COMPLETE_REGION, REGIONS } from "../prices/regions";

/** The options that are given and valid. */
export interface CostOptions {
  plan?: string[];
  gbPerDay?: number;
  firehoseGbPerDay?: number;
  accessLogsGbPerDay?: number;
  metrics?: string;
  metricQueries?: true;
  metricHours?: number;
  groups?: number;
  region?: string;
  prices?: string;
  lineBytes?: number;
  linesPerRecord?: number;
  compressedTo?: number;
  peakFactor?: number;
  cpuSecondsPerMillionLines?: number;
  waitingMs?: number;
  cleanupSeconds?: number;
  dimensionValues?: number;
  keptDays?: number;
  json?: true;
}

const cost = invocationOf("cost");
const quietCost = quietInvocationOf("cost");

const HELP = `
Nothing is asked of AWS: prices are dated data, each with its source.
Of ${COMPLETE_REGION} it has all, of ${[...REGIONS.keys()].filter((region) => region !== COMPLETE_REGION).join(", ")} some; --prices has others, or your own.

Exit codes: 0 it is computed, 2 an option or a file is wrong, or a price is missing; the message says why.

Examples:
  terraform plan -out plan && terraform show -json plan > plan.json
  ${cost} --plan plan.json --gb-per-day 100 --region us-east-1
  ${cost} --plan plan.json archive.json --gb-per-day 100 --prices prices.json
  ${quietCost} --plan plan.json --gb-per-day 100 --region us-east-1 --json | jq .total_usd
  ${quietCost} --plan state.json --metric-queries > queries.json
  aws cloudwatch get-metric-data --cli-input-json file://queries.json > metrics.json
  ${cost} --plan state.json --metrics metrics.json

See docs/cost.md.`;

const regionValue = {
  allowed: "a region's name, e.g. us-east-1",
  parse: (given: string) => ENVIRONMENT.SEARCH_REGION.parse(given) || undefined,
};

/** The command line of `npm run cost`. */
export function costCommandLine(): UsageCommand {
  const gb = decimalNumber(0, 1_000_000);
  const {
    lineBytes,
    linesPerRecord,
    compressedTo,
    peak,
    cpuSecondsPerMillionLines,
    waitingSeconds,
    cleanupSeconds,
    dimensionValues,
    keptDays,
  } = DEFAULT_WORKLOAD;
  return new UsageCommand(cost)
    .description("Says what a plan of the module costs a month, where the money goes, and which input lowers it.")
    .requiredOption("--plan <files...>", "what `terraform show -json` prints, of plans or states: pipeline, archive, …")
    .addOption(
      new ValueOption("--gb-per-day <n>", "what the log groups write, in GB a day: their metric IncomingBytes", gb),
    )
    .addOption(new ValueOption("--firehose-gb-per-day <n>", "what applications put into Firehose, in GB a day", gb))
    .addOption(new ValueOption("--access-logs-gb-per-day <n>", "access logs in S3, inflated, in GB a day", gb))
    .option("--metrics <file>", "what a running account counted, in place of --gb-per-day: docs/cost.md")
    .option("--metric-queries", "print what to ask a running account for --metrics, and compute nothing")
    .addOption(
      new ValueOption(
        "--metric-hours <n>",
        `of --metric-queries: the whole hours until now (default: ${DEFAULT_METRIC_HOURS}, a week)`,
        wholeNumber(1, MAX_METRIC_HOURS),
      ),
    )
    .addOption(
      new ValueOption("--groups <n>", "log groups, to compare with a stream for each of them", wholeNumber(1, 10_000)),
    )
    .addOption(new ValueOption("--region <region>", "whose prices to take (default: the plan's region)", regionValue))
    .option("--prices <file>", "prices of your own, or of another region: docs/cost.md")
    .addOption(new ValueOption("--line-bytes <n>", `of a line (default: ${lineBytes})`, wholeNumber(1, 1_048_576)))
    .addOption(
      new ValueOption("--lines-per-record <n>", `in a record (default: ${linesPerRecord})`, wholeNumber(1, 10_000)),
    )
    .addOption(
      new ValueOption(
        "--compressed-to <n>",
        `what gzip leaves of a line (default: ${compressedTo})`,
        decimalNumber(0.01, 1),
      ),
    )
    .addOption(
      new ValueOption(
        "--peak-factor <n>",
        `the busiest minute as a multiple of the mean (default: ${peak})`,
        decimalNumber(1, 1_000),
      ),
    )
    .addOption(
      new ValueOption(
        "--cpu-seconds-per-million-lines <n>",
        `of the function, on a full vCPU (default: ${cpuSecondsPerMillionLines}, as docs/performance.md has it)`,
        decimalNumber(0, 10_000),
      ),
    )
    .addOption(
      new ValueOption(
        "--waiting-ms <n>",
        `that an invocation waits for search and S3 (default: ${waitingSeconds * 1_000})`,
        wholeNumber(0, 900_000),
      ),
    )
    .addOption(
      new ValueOption(
        "--cleanup-seconds <n>",
        `of a run of index_cleanup (default: ${cleanupSeconds}, which nobody has measured)`,
        decimalNumber(0, 900),
      ),
    )
    .addOption(
      new ValueOption(
        "--dimension-values <n>",
        `of a dimension of log_groups[*].metrics that names none (default: ${dimensionValues})`,
        wholeNumber(1, MAX_VALUE_SETS),
      ),
    )
    .addOption(
      new ValueOption(
        "--kept-days <n>",
        `for which what never expires is kept (default: ${keptDays})`,
        wholeNumber(1, 36_500),
      ),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", HELP);
}

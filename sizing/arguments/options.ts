import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { decimalNumber, ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { UsageCommand } from "../../tools/usage/usage-command";
import { DEFAULT_SIZING, SIZING_LIMITS, UNKNOWN_PEAK_FACTOR } from "../workload";

const sizing = invocationOf("sizing");

const HELP = `
Nothing is asked of AWS: the figures are AWS's documented limits and this project's measurements, each with its source.

Exit codes: 0 it is sized, 2 an option is wrong, or no domain or stream carries the workload; the message says why.

Examples:
  ${sizing} --gb-per-day 30 --days 30
  ${sizing} --gb-per-day 500 --days 14 --groups 200 --peak-factor 3 --event-bytes 400
  ${quietInvocationOf("sizing")} --gb-per-day 30 --days 30 --json | jq .inputs

See docs/sizing.md.`;

/** The command line of `npm run sizing`. */
export function sizingCommandLine(): UsageCommand {
  return new UsageCommand(sizing)
    .description(
      "Says how large streams and the search domain of a pipeline have to be, and by which inputs of the module.",
    )
    .addOption(
      new ValueOption(
        "--gb-per-day <n>",
        "what the log groups write, in GB a day: their metric IncomingBytes",
        decimalNumber(...SIZING_LIMITS.gbPerDay),
      ).makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--days <n>",
        "how long events can be searched, in days; the archive keeps them longer",
        wholeNumber(...SIZING_LIMITS.days),
      ).makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--peak-factor <n>",
        `the busiest minute as a multiple of the mean (default: unknown, taken for ${UNKNOWN_PEAK_FACTOR}, and at least four shards)`,
        decimalNumber(...SIZING_LIMITS.peakFactor),
      ),
    )
    .addOption(
      new ValueOption(
        "--groups <n>",
        `log groups (default: ${DEFAULT_SIZING.groups})`,
        wholeNumber(...SIZING_LIMITS.groups),
      ),
    )
    .addOption(
      new ValueOption(
        "--replicas <n>",
        `copies of each shard besides the first (default: ${DEFAULT_SIZING.replicas})`,
        wholeNumber(...SIZING_LIMITS.replicas),
      ),
    )
    .addOption(
      new ValueOption(
        "--zones <n>",
        `Availability Zones of the domain (default: ${DEFAULT_SIZING.zones}; 1 is for a trial)`,
        wholeNumber(...SIZING_LIMITS.zones),
      ),
    )
    .addOption(
      new ValueOption(
        "--event-bytes <n>",
        `mean size of an event, in bytes (default: ${DEFAULT_SIZING.eventBytes})`,
        wholeNumber(...SIZING_LIMITS.eventBytes),
      ),
    )
    .addOption(
      new ValueOption(
        "--events-per-record <n>",
        `events that CloudWatch Logs puts into a record (default: ${DEFAULT_SIZING.eventsPerRecord}; 1 if log streams write rarely)`,
        wholeNumber(...SIZING_LIMITS.eventsPerRecord),
      ),
    )
    .addOption(
      new ValueOption(
        "--compressed-to <n>",
        `what gzip leaves of events in a record (default: ${DEFAULT_SIZING.compressedTo})`,
        decimalNumber(...SIZING_LIMITS.compressedTo),
      ),
    )
    .addOption(
      new ValueOption(
        "--current-shards <n>",
        "shards that the stream has now, for the way from there",
        wholeNumber(...SIZING_LIMITS.currentShards),
      ),
    )
    .option("--json", "print one JSON object: sizes, quotas, inputs of the module, and the rules with their sources")
    .addHelpText("after", HELP);
}

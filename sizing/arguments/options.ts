import { invocationOf, quietInvocationOf } from "../../tools/installation";
import { decimalNumber, ValueOption, wholeNumber } from "../../tools/usage/option-value";
import { UsageCommand } from "../../tools/usage/usage-command";

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
        decimalNumber(0.001, 1_000_000),
      ).makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--days <n>",
        "how long events can be searched, in days; the archive keeps them longer",
        wholeNumber(1, 3_650),
      ).makeOptionMandatory(),
    )
    .addOption(
      new ValueOption(
        "--peak-factor <n>",
        "the busiest minute as a multiple of the mean (default: unknown, taken for 4, and at least four shards)",
        decimalNumber(1, 1_000),
      ),
    )
    .addOption(new ValueOption("--groups <n>", "log groups (default: 1)", wholeNumber(1, 10_000)))
    .addOption(
      new ValueOption("--replicas <n>", "copies of each shard besides the first (default: 1)", wholeNumber(0, 20)),
    )
    .addOption(
      new ValueOption(
        "--zones <n>",
        "Availability Zones of the domain (default: 3; 1 is for a trial)",
        wholeNumber(1, 3),
      ),
    )
    .addOption(
      new ValueOption("--event-bytes <n>", "mean size of an event, in bytes (default: 250)", wholeNumber(1, 1_048_576)),
    )
    .addOption(
      new ValueOption(
        "--events-per-record <n>",
        "events that CloudWatch Logs puts into a record (default: 50; 1 if log streams write rarely)",
        wholeNumber(1, 10_000),
      ),
    )
    .addOption(
      new ValueOption(
        "--current-shards <n>",
        "shards that the stream has now, for the way from there",
        wholeNumber(1, 10_000),
      ),
    )
    .option("--json", "print one JSON object: sizes, quotas, inputs of the module, and the rules with their sources")
    .addHelpText("after", HELP);
}

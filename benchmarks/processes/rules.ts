import { MessageParsing } from "../../core/parsers/message-parsing";
import type { EventSettings } from "../../core/pipelines/kinesis-to-opensearch";
import { MetricSet } from "../../core/rules/metrics/metric-set";
import { RuleSet } from "../../core/rules/rule-set";
import type { ParserChoice } from "../../core/settings/parser-choice";
import { readBatch } from "../corpus/batches";
import { RULE_CASES } from "../corpus/rule-cases";
import { inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { core, SETTINGS } from "../subjects/core";

/** CPU milliseconds of all rounds. */
const BUDGET_MS = 1_500;

const [file, parser, index] = process.argv.slice(2) as [string, ParserChoice, string];

/** Settings of a function of its own: parsing is not shared. */
const settings = (): EventSettings => ({
  ...SETTINGS,
  parsing: new MessageParsing({ parser, fields: [], keepMessage: true, eventOriginal: false }),
});

async function main(): Promise<void> {
  const { event, events } = readBatch(file);
  const { rules, archiveContent = "raw", fastPath = true, metrics = [] } = RULE_CASES[Number(index)]!;
  const none = settings();
  const ruled: EventSettings = {
    ...settings(),
    fastPath,
    archiveContent,
    rules: rules.length > 0 ? new RuleSet(rules) : undefined,
    metrics: metrics.length > 0 ? new MetricSet(metrics) : undefined,
  };
  await warm(() => core(event, none));
  const ms = await warm(() => core(event, ruled));
  const ways = { none: () => core(event, none), ruled: () => core(event, ruled) };
  const rounds = await inRounds(ways, roundsFor(ms, BUDGET_MS));
  sendRow({
    "none, µs": (1_000 * median(rounds.none)) / events,
    "rules, µs": (1_000 * median(rounds.ruled)) / events,
    "× none": ratio(rounds, "ruled", "none"),
  });
}

void main();

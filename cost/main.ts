import { harmless } from "../tools/text/one-line";
import { runProgram } from "../tools/usage/run-program";
import { UsageError } from "../tools/usage/usage-error";
import { parseCostArguments } from "./arguments/arguments";
import { costCommandLine } from "./arguments/options";
import { MAX_QUERIES, metricDataInput } from "./metrics/queries";
import type { Deployment } from "./plan/deployment";
import { reportOf } from "./report";
import { costJson } from "./report-json";
import { costText } from "./report-text";

runProgram(
  async () => {
    const request = parseCostArguments(costCommandLine().parse());
    console.log(harmless("queriesFor" in request ? queriesText(request.queriesFor, request.hours) : costOf(request)));
    return 0;
  },
  // Whoever has read enough got what was asked for.
  () => 0,
);

function costOf(request: Exclude<ReturnType<typeof parseCostArguments>, { queriesFor: Deployment }>): string {
  const report = reportOf(request);
  return request.isJson ? costJson(report) : costText(report);
}

/** @throws UsageError when there are more than one call takes */
function queriesText(deployment: Deployment, hours: number): string {
  const input = metricDataInput(deployment, hours, Date.now());
  const { length } = input.MetricDataQueries;
  if (length === 0) throw new UsageError(["The plan has no stream and no function of this module to ask about."]);
  if (length > MAX_QUERIES) {
    throw new UsageError([
      `The plan needs ${length} queries, and a call takes ${MAX_QUERIES}. Use --gb-per-day with what its log groups write.`,
    ]);
  }
  return JSON.stringify(input, undefined, 1);
}

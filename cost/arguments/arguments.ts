import type { UsageCommand } from "../../tools/usage/usage-command";
import { DEFAULT_METRIC_HOURS } from "../metrics/queries";
import type { Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import type { PriceList } from "../prices/price-list";
import { readDeployment, readMeasured } from "./files";
import { missingLanes } from "./missing-lanes";
import type { CostOptions } from "./options";
import { pricesOf } from "./prices";
import { workloadOf } from "./workload";

export interface CostArguments {
  readonly deployment: Deployment;
  readonly workload: Workload;
  readonly prices: PriceList;
  /** Log groups that the plan does not tell. */
  readonly groups?: number;
  readonly isJson: boolean;
}

/** What is asked for: a cost, or the queries by which a running account is asked. */
export type CostRequest = CostArguments | { readonly queriesFor: Deployment; readonly hours: number };

/**
 * Reads the command line of `npm run cost`, and the files that it names.
 *
 * @param command that has parsed it
 * @throws UsageError listing every validation error
 */
export function parseCostArguments(command: UsageCommand): CostRequest {
  const { errors } = command;
  const options = command.opts<CostOptions>();
  const deployment = readDeployment(options.plan ?? [], errors);
  if (options.metricHours !== undefined && !options.metricQueries) {
    errors.add("--metric-hours is for --metric-queries, which is not given.");
  }
  if (options.metricQueries) {
    errors.add(...besideQueries(command));
    errors.throwIfAny();
    return { queriesFor: deployment!, hours: options.metricHours ?? DEFAULT_METRIC_HOURS };
  }
  const given = [options.gbPerDay, options.firehoseGbPerDay, options.accessLogsGbPerDay, options.metrics];
  if (given.every((each) => each === undefined) && errors.isEmpty) {
    errors.add(
      "No logs are given. Allowed: --gb-per-day, --firehose-gb-per-day, --access-logs-gb-per-day or --metrics.",
    );
  }
  if (options.metrics !== undefined && options.gbPerDay !== undefined) {
    errors.add("--gb-per-day and --metrics say the same. Allowed: one of them.");
  }
  const measured =
    options.metrics !== undefined && deployment ? readMeasured(options.metrics, deployment, errors) : undefined;
  if (deployment) errors.add(...missingLanes(options, deployment));
  const prices = pricesOf(options, deployment, errors);
  errors.throwIfAny();
  return {
    ...{ deployment: deployment!, prices: prices!, isJson: options.json === true },
    workload: { ...workloadOf(options), ...(measured && { measured }) },
    ...(options.groups !== undefined && { groups: options.groups }),
  };
}

/** Options that would change what is computed, given where nothing is. */
function besideQueries(command: UsageCommand): string[] {
  const accepted = ["plan", "metricQueries", "metricHours", "json"];
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .filter((option) => !accepted.includes(option.attributeName()));
  if (given.length === 0) return [];
  const names = given.map(({ long }) => long).join(", ");
  return [
    `${names} ${given.length === 1 ? "is" : "are"} given with --metric-queries, which computes nothing. Allowed with it: --plan, --metric-hours.`,
  ];
}

import { readFileSync } from "node:fs";
import type { UsageCommand } from "../../tools/usage/usage-command";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { readMetrics } from "../metrics/read-metrics";
import { DEFAULT_WORKLOAD, type Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import { deploymentOf } from "../plan/deployment-of";
import { type PlannedResources, readResources } from "../plan/resources";
import { overridden, type PriceList, parsePriceList } from "../prices/price-list";
import { REGIONS } from "../prices/regions";
import type { CostOptions } from "./options";

export interface CostArguments {
  readonly deployment: Deployment;
  readonly workload: Workload;
  readonly prices: PriceList;
  /** Log groups that the plan does not tell. */
  readonly groups?: number;
  readonly isJson: boolean;
}

/** What is asked for: a cost, or the queries by which a running account is asked. */
export type CostRequest = CostArguments | { readonly queriesFor: Deployment };

/** More is no plan: it would take minutes. */
const MAX_FILE_BYTES = 512 * 1_024 * 1_024;

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
  if (options.metricQueries) {
    errors.throwIfAny();
    return { queriesFor: deployment! };
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
  const prices = pricesOf(options, deployment, errors);
  errors.throwIfAny();
  return {
    ...{ deployment: deployment!, prices: prices!, isJson: options.json === true },
    workload: { ...workloadOf(options), ...(measured && { measured }) },
    ...(options.groups !== undefined && { groups: options.groups }),
  };
}

function readDeployment(paths: readonly string[], errors: ValidationErrors): Deployment | undefined {
  const read = paths.map((path) => readFileWith(`--plan ${path}`, path, errors, readResources));
  if (paths.length === 0 || read.some((each) => each === undefined)) return undefined;
  // Two root modules may have the same addresses.
  const plans = (read as PlannedResources[]).map((plan, index) =>
    paths.length === 1 ? plan : prefixed(plan, paths[index]!),
  );
  return deploymentOf({ managed: plans.flatMap(({ managed }) => managed), data: plans.flatMap(({ data }) => data) });
}

const prefixed = ({ managed, data }: PlannedResources, path: string): PlannedResources => ({
  managed: managed.map((resource) => ({ ...resource, address: `${path}: ${resource.address}` })),
  data,
});

const readMeasured = (path: string, deployment: Deployment, errors: ValidationErrors) =>
  readFileWith(`--metrics ${path}`, path, errors, (json, mistakes) => readMetrics(json, deployment, mistakes));

/** @param read adds its mistakes to the array that it gets */
function readFileWith<T>(
  option: string,
  path: string,
  errors: ValidationErrors,
  read: (text: string, mistakes: string[]) => T | undefined,
): T | undefined {
  let text: string;
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_FILE_BYTES) throw new Error(`it has more than ${MAX_FILE_BYTES} bytes`);
    // Windows PowerShell redirects in UTF-16.
    text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8");
  } catch (error) {
    errors.add(`${option} cannot be read: ${(error as Error).message}.`);
    return undefined;
  }
  const mistakes: string[] = [];
  const result = read(text, mistakes);
  errors.add(...mistakes.map((mistake) => `${option}: ${mistake}`));
  return result;
}

function pricesOf(
  options: CostOptions,
  deployment: Deployment | undefined,
  errors: ValidationErrors,
): PriceList | undefined {
  const own =
    options.prices === undefined
      ? undefined
      : readFileWith(`--prices ${options.prices}`, options.prices, errors, parsePriceText);
  if (options.prices !== undefined && own === undefined) return undefined;
  const region = options.region ?? own?.region ?? deployment?.region;
  if (region === undefined) {
    if (deployment) errors.add("The plan does not say its region. Give it by --region.");
    return undefined;
  }
  if (own !== undefined && own.region !== region) {
    errors.add(
      `--prices has prices of ${own.region}, not of ${region}. Give a file of ${region}, or --region ${own.region}.`,
    );
    return undefined;
  }
  const list = REGIONS.get(region);
  if (list && own) return overridden(list, own);
  if (list ?? own) return list ?? own;
  errors.add(
    `There are no sourced prices of ${region}. Allowed: ${[...REGIONS.keys()].join(", ")}, for a comparison by --region, ` +
      "or a file of your own by --prices, as docs/cost.md shows.",
  );
  return undefined;
}

function parsePriceText(text: string, mistakes: string[]): PriceList | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    mistakes.push("it is no JSON.");
    return undefined;
  }
  return parsePriceList(json, mistakes);
}

const workloadOf = (options: CostOptions): Workload => ({
  logGbPerDay: options.gbPerDay ?? 0,
  firehoseGbPerDay: options.firehoseGbPerDay ?? 0,
  accessLogGbPerDay: options.accessLogsGbPerDay ?? 0,
  lineBytes: options.lineBytes ?? DEFAULT_WORKLOAD.lineBytes,
  linesPerRecord: options.linesPerRecord ?? DEFAULT_WORKLOAD.linesPerRecord,
  compressedTo: options.compressedTo ?? DEFAULT_WORKLOAD.compressedTo,
  peak: options.peakFactor ?? DEFAULT_WORKLOAD.peak,
  cpuSecondsPerMillionLines: options.cpuSecondsPerMillionLines ?? DEFAULT_WORKLOAD.cpuSecondsPerMillionLines,
  waitingSeconds: options.waitingMs === undefined ? DEFAULT_WORKLOAD.waitingSeconds : options.waitingMs / 1_000,
  keptDays: options.keptDays ?? DEFAULT_WORKLOAD.keptDays,
});

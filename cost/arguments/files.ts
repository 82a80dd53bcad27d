import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { readMetrics } from "../metrics/read-metrics";
import type { Deployment } from "../plan/deployment";
import { deploymentOf } from "../plan/deployment-of";
import { type PlannedResources, readResources } from "../plan/resources";
import { type PriceList, parsePriceList } from "../prices/price-list";

/** More is no plan: it would take minutes. */
const MAX_FILE_BYTES = 512 * 1_024 * 1_024;

/** What the files of `--plan` deploy together. @returns undefined after an error */
export function readDeployment(paths: readonly string[], errors: ValidationErrors): Deployment | undefined {
  const read = paths.map((path) => readFileWith(`--plan ${path}`, path, errors, readResources));
  if (paths.length === 0 || read.some((each) => each === undefined)) return undefined;
  const duplicated = duplicatesOf(read as PlannedResources[], paths);
  errors.add(...duplicated);
  if (duplicated.length > 0) return undefined;
  // Two root modules may have the same addresses.
  const plans = (read as PlannedResources[]).map((plan, index) =>
    paths.length === 1 ? plan : prefixed(plan, paths[index]!),
  );
  return deploymentOf({ managed: plans.flatMap(({ managed }) => managed), data: plans.flatMap(({ data }) => data) });
}

/** Plans that were made twice of the same configuration differ in their time alone. */
function duplicatesOf(plans: readonly PlannedResources[], paths: readonly string[]): string[] {
  const first = new Map<string, string>();
  return plans.flatMap((plan, index) => {
    const path = paths[index]!;
    const hash = hashOf(plan);
    const before = first.get(hash);
    if (before === undefined || plan.managed.length === 0) {
      first.set(hash, path);
      return [];
    }
    return [`--plan ${path} deploys what ${before} does. Give each plan once: its resources would count twice.`];
  });
}

function hashOf({ managed, data }: PlannedResources): string {
  const hash = createHash("sha256");
  for (const resource of [...managed, ...data]) hash.update(JSON.stringify(resource));
  return hash.digest("hex");
}

const prefixed = ({ managed, data }: PlannedResources, path: string): PlannedResources => ({
  managed: managed.map((resource) => ({ ...resource, address: `${path}: ${resource.address}` })),
  data,
});

/** The file of `--metrics`. @returns undefined after an error */
export const readMeasured = (path: string, deployment: Deployment, errors: ValidationErrors) =>
  readFileWith(`--metrics ${path}`, path, errors, (json, mistakes) => readMetrics(json, deployment, mistakes));

/** The file of `--prices`. @returns undefined after an error */
export const readPrices = (path: string, errors: ValidationErrors): PriceList | undefined =>
  readFileWith(`--prices ${path}`, path, errors, (text, mistakes) => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      mistakes.push("it is no JSON.");
      return undefined;
    }
    return parsePriceList(json, mistakes);
  });

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

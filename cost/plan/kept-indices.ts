import { ENVIRONMENT, OWN_DOMAIN_RETENTION_DAYS } from "../../core/settings/environment";
import { INDEX_CLEANUP_ENVIRONMENT } from "../../core/settings/index-cleanup";
import type { Variable } from "../../core/settings/variable";
import type { DeployedFunction, KeptIndices } from "./deployment";
import type { PlannedInputs } from "./module-inputs";
import type { Resource } from "./resources";
import { Attributes } from "./values";

/** How long the first pipeline of a plan keeps its indices: by the variables of its functions, or else by the module's inputs. */
export function keptIndicesOf(managed: readonly Resource[], functions: readonly DeployedFunction[]): KeptIndices {
  const variablesOf = (kind: DeployedFunction["kind"]) => functions.find((each) => each.kind === kind)?.variables ?? {};
  const forwarder = functions.find(({ kind }) => kind === "forwarder");
  const inputs = managed.find(({ address }) => address === forwarder?.address)?.inputs;
  const domain = managed.find(({ type }) => type === "aws_opensearch_domain");
  const standsBy = domain && Attributes.of(domain).block("cluster_config").is("multi_az_with_standby_enabled");
  const { INDEX_RETENTION_DAYS, INDEX_REPLICAS } = variablesOf("forwarder");
  const retention =
    numberOf(ENVIRONMENT.INDEX_RETENTION_DAYS, INDEX_RETENTION_DAYS) ??
    inputOf(ENVIRONMENT.INDEX_RETENTION_DAYS, inputs, "index_retention_days", domain ? OWN_DOMAIN_RETENTION_DAYS : 0);
  const cleanup = inputs?.index_cleanup as { readonly keep_days?: unknown } | null | undefined;
  const keepDays =
    numberOf(INDEX_CLEANUP_ENVIRONMENT.KEEP_DAYS, variablesOf("index-cleanup").KEEP_DAYS) ??
    numberOf(INDEX_CLEANUP_ENVIRONMENT.KEEP_DAYS, cleanup?.keep_days);
  const replicas =
    numberOf(ENVIRONMENT.INDEX_REPLICAS, INDEX_REPLICAS) ??
    inputOf(ENVIRONMENT.INDEX_REPLICAS, inputs, "index_replicas", standsBy ? 2 : 1);
  const days = [retention, keepDays].filter((each) => each !== undefined && each > 0) as number[];
  return {
    ...(days.length > 0 && { days: Math.min(...days) }),
    // What cleans up by a number of indices or by disks keeps them for a time that nobody knows.
    ...(days.length === 0 && retention === 0 && !functions.some(({ kind }) => kind === "index-cleanup") && { days: 0 }),
    ...(replicas !== undefined && { replicas }),
  };
}

const numberOf = (variable: Pick<Variable<number>, "parse">, given: unknown): number | undefined =>
  given === undefined || given === null ? undefined : variable.parse(String(given));

/** @returns undefined: the plan does not tell */
function inputOf(
  variable: Pick<Variable<number>, "parse">,
  inputs: PlannedInputs | undefined,
  name: string,
  otherwise: number,
): number | undefined {
  if (inputs === undefined || (name in inputs && inputs[name] === undefined)) return undefined;
  return numberOf(variable, inputs[name]) ?? otherwise;
}

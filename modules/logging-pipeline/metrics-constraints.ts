import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** The rule between metrics of events and the namespace that they are in. */
export const metricsConstraint: Constraint<typeof pipelineInputs> = {
  path: "metrics_namespace",
  allowed: "any but an empty one beside metrics of log_groups or streams",
  decidedBy: ["metricsNamespace", "logGroups", "streams"],
  violations: ({ metricsNamespace, logGroups, streams }) =>
    metricsNamespace === "" && [logGroups, streams].flatMap(Object.values).some(hasMetrics) ? [metricsNamespace] : [],
  violationsAtPlan: ({ metricsNamespace, logGroups, streams }) =>
    hcl`[for given in [${metricsNamespace}] : given if given == "" && anytrue(concat([for each in ${logGroups} : try(length(each.metrics), 0) > 0], [for each in ${streams} : try(length(each.metrics), 0) > 0]))]`,
};

const hasMetrics = ({ metrics }: { readonly metrics?: unknown }): boolean => Object.keys(Object(metrics)).length > 0;

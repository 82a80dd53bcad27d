import { type ModulePlan, planned } from "../../support/terraform";

/** The environment variables of a lane's function. */
export function laneVariables(plan: ModulePlan, lane: string): Record<string, string> {
  const { environment } = planned(plan, `aws_lambda_function.forwarder["${lane}"]`);
  return (environment as [{ variables: Record<string, string> }])[0].variables;
}

export const rules = [
  { action: "keep", field: "log.level", values: ["error", "<warn>"] },
  { action: "drop", pattern: '^"/health/${x}" \\d{3}' },
  { action: "sample", rate: 0.25 },
  { action: "redact", what: ["email", "ipv4"] },
];

export const fields = { page: { from: "url.path", pattern: '^/"blog"/(?P<page>[^/]+)' } };

export const metrics = {
  errors: { where: [{ field: "log.level", values: ["error"] }, { pattern: '<pay> "${x}"' }] },
  latency: {
    ...{ where: [{ pattern: "\\d" }], value: "took", unit: "Milliseconds" },
    dimensions: { service: { field: "service.name", values: ["cart", "pay"] }, zone: { field: "cloud.zone" } },
  },
};

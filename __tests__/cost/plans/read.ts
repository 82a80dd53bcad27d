import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../../../cost/plan/deployment";
import { deploymentOf } from "../../../cost/plan/deployment-of";
import { readResources } from "../../../cost/plan/resources";

export const PLAN_NAMES = ["defaults", "large", "elsewhere", "archive", "access-logs", "firehose-s3"] as const;

export type PlanName = (typeof PLAN_NAMES)[number];

/** The path of a plan that make.ts made. */
export const planFile = (name: PlanName): string => join(__dirname, `${name}.json`);

/** What a plan of make.ts deploys. */
export function plannedDeployment(name: PlanName): Deployment {
  const errors: string[] = [];
  const resources = readResources(readFileSync(planFile(name), "utf8"), errors);
  if (resources === undefined) throw new Error(errors.join(" "));
  return deploymentOf(resources);
}

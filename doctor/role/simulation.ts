import type { AskIam } from "../../tools/iam";
import { elementIn } from "../../tools/iam";
import { UncheckedError } from "../examined";

/** What a role would do. */
export interface SimulatedCall {
  readonly action: string;
  /** ARN; it need not exist. */
  readonly resource: string;
  /** By condition key. @default none */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** `allowed`, or why not: no policy allows it, or one denies it, which may be a boundary or an organization's. */
type Decision = "allowed" | "implicitDeny" | "explicitDeny" | "no such role";

const NEEDS = "iam:SimulatePrincipalPolicy";

/**
 * Asks IAM what the role's own policies, its permissions boundary and the organization's policies say; nothing is called. Policies of
 * buckets, keys and domains are no part of it: IAM simulates those for users alone.
 *
 * Source: IAM API Reference, "SimulatePrincipalPolicy" and "EvaluationResult".
 *
 * @throws UncheckedError where IAM does not say
 */
export async function simulate(
  ask: AskIam,
  roleArn: string,
  { action, resource, conditions = {} }: SimulatedCall,
): Promise<Decision> {
  const context = Object.entries(conditions).flatMap(([key, value], i) => {
    const entry = `ContextEntries.member.${i + 1}`;
    return [
      [`${entry}.ContextKeyName`, key],
      [`${entry}.ContextKeyType`, "string"],
      [`${entry}.ContextKeyValues.member.1`, value],
    ];
  });
  const response = await ask("SimulatePrincipalPolicy", {
    ...{ PolicySourceArn: roleArn, "ActionNames.member.1": action, "ResourceArns.member.1": resource },
    ...Object.fromEntries(context),
  });
  const { status } = response;
  const code = elementIn(response, "Code");
  if (code === "NoSuchEntity") return "no such role";
  if (status !== 200) {
    const said = elementIn(response, "Message") ?? `${status} ${code ?? ""}`.trim();
    throw new UncheckedError(`IAM does not say: ${said}`, status === 403 ? NEEDS : undefined);
  }
  const decision = elementIn(response, "EvalDecision");
  const missing = /<MissingContextValues>\s*<member>([^<]*)</.exec(response.body)?.[1];
  if (decision === "implicitDeny" && missing !== undefined) {
    throw new UncheckedError(`whether the role may ${action} depends on the condition key ${missing}`);
  }
  if (decision !== "allowed" && decision !== "implicitDeny" && decision !== "explicitDeny") {
    throw new UncheckedError(`IAM answers no decision about ${action}`);
  }
  return decision;
}

/** Completes a sentence about a role. */
export function decisionText(decision: Exclude<Decision, "allowed">, { action, resource }: SimulatedCall): string {
  switch (decision) {
    case "no such role":
      return "does not exist";
    case "implicitDeny":
      return `is not allowed ${action} on ${resource} by any policy`;
    case "explicitDeny":
      return `is denied ${action} on ${resource} by a policy`;
    default:
      return decision satisfies never;
  }
}

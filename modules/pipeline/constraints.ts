import { type Precondition, Token } from "cdktf";
import type { pipelineInputs } from "../inputs/logging-pipeline";
import { camelCase } from "../inputs/schema";
import type { Literals, Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";

type Inputs = typeof pipelineInputs;

/** A rule between inputs. Terraform's validations see one variable only, so these become preconditions. */
interface Constraint {
  /** Whose value is wrong then. */
  readonly path: string;
  /** Completes "allowed is …". */
  readonly allowed: string;
  /** The inputs that decide; the rule is left to Terraform when one of them is a token. */
  readonly decidedBy: readonly (keyof Inputs)[];
  /** What breaks the rule, for both sides; empty when nothing does. */
  wrong(inputs: Literals<Inputs>): readonly unknown[];
  wrongAtPlan(inputs: Values<Inputs>): Expression;
}

const constraints: readonly Constraint[] = [
  {
    path: "log_groups",
    allowed: "any log group but those of the forwarders themselves, which would deliver their own logs for ever",
    decidedBy: ["name", "logGroups"],
    wrong: ({ name, logGroups }) => Object.keys(logGroups).filter((key) => key.startsWith(`/aws/lambda/${name}_`)),
    wrongAtPlan: ({ name, logGroups }) =>
      hcl`[for key in keys(${logGroups}) : key if startswith(key, ${`/aws/lambda/${name}_`})]`,
  },
  {
    path: "search_domain_arn",
    allowed: "null unless search_endpoint is given",
    decidedBy: ["searchDomainArn", "searchEndpoint"],
    wrong: ({ searchDomainArn, searchEndpoint }) => (searchEndpoint === null ? present(searchDomainArn) : []),
    wrongAtPlan: ({ searchDomainArn, searchEndpoint }) =>
      hcl`[for arn in [${searchDomainArn}] : arn if arn != null && ${searchEndpoint} == null]`,
  },
  {
    path: "search_domain.instance_count",
    allowed: "a multiple of search_domain.availability_zones",
    decidedBy: ["searchDomain"],
    wrong: ({ searchDomain: { instanceCount, availabilityZones } }) =>
      instanceCount % availabilityZones === 0 ? [] : [instanceCount],
    wrongAtPlan: ({ searchDomain: { instanceCount, availabilityZones } }) =>
      hcl`[for count in [${instanceCount}] : count if count % ${availabilityZones} != 0]`,
  },
  {
    path: "search_domain.audit_log_group_arn",
    allowed: "null unless search_domain.master_user_arn is given: only fine-grained access control writes audit logs",
    decidedBy: ["searchDomain"],
    wrong: ({ searchDomain: { auditLogGroupArn, masterUserArn } }) =>
      masterUserArn === null ? present(auditLogGroupArn) : [],
    wrongAtPlan: ({ searchDomain: { auditLogGroupArn, masterUserArn } }) =>
      hcl`[for arn in [${auditLogGroupArn}] : arn if arn != null && ${masterUserArn} == null]`,
  },
  {
    path: "vpc.subnet_ids",
    allowed: "at least one subnet for each of search_domain.availability_zones",
    decidedBy: ["vpc", "searchDomain"],
    wrong: ({ vpc: { subnetIds }, searchDomain: { availabilityZones } }) =>
      subnetIds !== null && subnetIds.length < availabilityZones ? subnetIds : [],
    wrongAtPlan: ({ vpc: { subnetIds }, searchDomain: { availabilityZones } }) =>
      hcl`try([for id in ${subnetIds} : id if length(${subnetIds}) < ${availabilityZones}], [])`,
  },
];

/** The broken rules, as far as the values are known at synth. */
export function brokenConstraints(inputs: Literals<Inputs>): string[] {
  return constraints
    .filter(({ decidedBy }) => !decidedBy.some((name) => containsToken(inputs[name])))
    .flatMap(({ path, allowed, wrong }) => {
      const values = wrong(inputs);
      return values.length === 0 ? [] : [message(camelCase(path), JSON.stringify(values), camelCase(allowed))];
    });
}

/** @param colliding the log groups whose lanes would have the same name */
export function preconditions(inputs: Values<Inputs>, colliding: Expression): Precondition[] {
  return [
    ...constraints.map(({ path, allowed, wrongAtPlan }) => precondition(path, wrongAtPlan(inputs), allowed)),
    precondition("log_groups", colliding, "log groups whose names do not collide when shortened; rename one"),
  ];
}

const precondition = (path: string, wrong: Expression, allowed: string): Precondition => ({
  condition: hcl`length(${wrong}) == 0`.string,
  errorMessage: message(path, hcl`jsonencode(${wrong})`.string, allowed),
});

const message = (path: string, given: string, allowed: string): string => `${path} = ${given}: allowed is ${allowed}.`;

const present = (value: unknown): unknown[] => (value === null ? [] : [value]);

function containsToken(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some(containsToken))
  );
}

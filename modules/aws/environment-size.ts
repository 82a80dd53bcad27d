import { type Precondition, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { precondition } from "../inputs/constraints";
import { thousands } from "../inputs/rules";
import { type Expression, hcl, written } from "../terraform/expression";
import { bytesAtPlan } from "../terraform/json";

/**
 * Lambda's limit for all environment variables of a function (Lambda Developer Guide, Lambda quotas). It measures them as one JSON
 * object: its error quotes "String measured: {…}", in which quotes are escaped.
 */
const MAX_BYTES = 4_096;

/** A variable below so many bytes is not named in the error: there is little to shorten. */
const LONG_BYTES = 100;

/** What a plan may not know is counted in full length. */
export const LONGEST_BUCKET = "x".repeat(63);

export interface EnvironmentsProps {
  /** The variables of each function as a map, by a key. */
  readonly environments: Expression;
  /** What the key is, in the error. */
  readonly key: string;
  /** The input that is reported. */
  readonly path: string;
  /** Whose variables they are, such as "log groups whose functions have". */
  readonly subject: string;
  /** What to shorten. */
  readonly advice: string;
}

/** Violated by functions that would have more variables than Lambda takes: each value may be allowed by itself. */
export function environmentsFit(scope: Construct, props: EnvironmentsProps): Precondition {
  const { environments, key, path, subject, advice } = props;
  const { expression } = new TerraformLocal(scope, "environments", environments);

  const bytes = (value: string) => written(bytesAtPlan(`jsonencode(${value})`));
  const long = hcl`{ for name, value in environment : name => ${bytes("value")} if ${bytes("value")} >= ${LONG_BYTES} }`;
  const given = hcl`merge(${long}, { ${written(key)} = key, all = ${bytes("environment")} })`;
  return precondition(
    path,
    `${subject} up to ${thousands(MAX_BYTES)} bytes of environment variables as JSON, all together ` +
      `(Lambda Developer Guide, Lambda quotas): shorten ${advice}`,
    hcl`[for key, environment in ${expression} : ${given} if ${bytes("environment")} > ${MAX_BYTES}]`,
  );
}

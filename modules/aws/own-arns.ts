import type { Precondition } from "cdktf";
import { precondition } from "../inputs/constraints";
import { type Expression, hcl } from "../terraform/expression";
import type { Account } from "./account";

/** ARNs of an input of which AWS takes those of its own account or region alone. */
export interface OwnArns {
  /** The input that is reported. */
  readonly path: string;
  /** A list; what is null or no ARN, such as a name, is allowed. */
  readonly arns: Expression;
  readonly own: readonly ("account" | "region")[];
  /** Completes "allowed is …", with the source. */
  readonly allowed: string;
}

/** Violated by ARNs of another account or region than the provider's: a plan knows its own, a synth does not. */
export function ownArns({ id, region }: Account, { path, arns, own, allowed }: OwnArns): Precondition {
  const parts = { region: { at: 3, of: region }, account: { at: 4, of: id } };
  const isOther = own
    .map((name) => parts[name])
    .map(({ at, of }) => hcl`try(split(":", arn)[${at}], ${of}) != ${of}`)
    .reduce((all, one) => hcl`${all} || ${one}`);
  return precondition(path, allowed, hcl`[for arn in ${arns} : arn if ${isOther}]`);
}

/** Violated by a key of another region: some services look at the ARN only when they use the key. */
export const keyOfRegion = (account: Account, path: string, kmsKeyArn: Expression): Precondition =>
  ownArns(account, {
    ...{ path, arns: hcl`[${kmsKeyArn}]`, own: ["region"] },
    allowed: `a key in ${account.region} (AWS KMS Developer Guide, Using AWS KMS keys with AWS services: in the same Region)`,
  });

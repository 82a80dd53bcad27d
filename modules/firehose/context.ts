import type { Construct } from "constructs";
import type { Account } from "../aws/account";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { deliveryInputs } from "./inputs/delivery";

/** Where a delivery stream writes objects. */
export interface ObjectPlace {
  readonly bucketArn: string;
  readonly prefix: Expression;
  readonly errorOutputPrefix: Expression;
  readonly kmsKeyArn: Expression;
}

/** Shared by all parts of a delivery stream. */
export interface DeliveryContext {
  readonly scope: Construct;
  readonly inputs: Values<typeof deliveryInputs>;
  readonly account: Account;
  /** Name of the delivery stream. */
  readonly name: string;
  readonly objects: ObjectPlace;
}

/** Whether a Kinesis stream is the source. */
export const hasSource = ({ inputs }: DeliveryContext): Expression => hcl`${inputs.sourceStreamArn} != null`;

/** Whether applications put records to the delivery stream. */
export const isDirectPut = ({ inputs }: DeliveryContext): Expression => hcl`${inputs.sourceStreamArn} == null`;

export const deliveryStreamArn = ({ account, name }: DeliveryContext): string =>
  account.arn("firehose", `deliverystream/${name}`);

/** What a prefix begins with, up to its first expression. */
export const constantPart = (prefix: Expression): Expression => hcl`split("!{", ${prefix})[0]`;

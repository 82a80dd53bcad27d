import { PolicyDocument } from "../aws/policy";
import { allowEncryption, allowPuts } from "../aws/producer";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { PipelineKey } from "./key";

type OfPipeline = Pick<Context, "inputs" | "account">;

/** The ARN of a lane's stream, known before the stream is made. @param laneName see `laneName` */
export const laneStreamArn = ({ account }: Pick<Context, "account">, laneName: Expression): Expression =>
  hcl`join("", [${account.arn("kinesis", "stream/")}, ${laneName}])`;

/** The ARN of one of `streams`. @param key may be null where nothing uses the ARN */
export const sharedStreamArn = ({ inputs, account }: OfPipeline, key: Expression): Expression =>
  hcl`join("", [${account.arn("kinesis", "stream/")}, ${inputs.name}, "_", ${key}])`;

/** The pattern of the ARNs of all streams, whose length does not depend on their number. */
export const allStreamsArn = ({ inputs, account }: OfPipeline): string =>
  account.arn("kinesis", `stream/${inputs.name}_*`);

/** Lets a role of CloudWatch Logs put log events into all streams. */
export const putIntoStreams = (context: OfPipeline, key: PipelineKey): PolicyDocument =>
  new PolicyDocument([
    allowPuts("kinesis", hcl`${allStreamsArn(context)}`),
    allowEncryption(context.account, "kinesis", hcl`${key.arn}`),
  ]);

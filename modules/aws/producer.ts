import type { Expression } from "../terraform/expression";
import { hcl } from "../terraform/expression";
import type { Account } from "./account";
import { type ConditionalStatement, type Statement, statementIf } from "./policy";

/** The two calls by which records are put, of each service. */
const ACTIONS = {
  kinesis: ["kinesis:PutRecord", "kinesis:PutRecords"],
  firehose: ["firehose:PutRecord", "firehose:PutRecordBatch"],
} as const;

/** Lets a producer put records to this stream, and do nothing else with it. */
export const allowPuts = (service: keyof typeof ACTIONS, streamArn: string): Statement => ({
  Sid: "PutRecords",
  Effect: "Allow",
  Action: ACTIONS[service],
  Resource: streamArn,
});

/** Lets a producer's records be encrypted by the stream's key, if it has one. */
export const allowEncryption = (
  { region, dnsSuffix }: Account,
  service: keyof typeof ACTIONS,
  keyArn: Expression,
): ConditionalStatement =>
  statementIf(hcl`${keyArn} != null`, {
    Sid: "EncryptRecords",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: keyArn.string,
    Condition: { StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffix}` } },
  });

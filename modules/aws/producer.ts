import type { Expression } from "../terraform/expression";
import type { Account } from "./account";
import type { Statement } from "./policy";
import { viaService } from "./via-service";

/** The two calls by which records are put, of each service. */
const ACTIONS = {
  kinesis: ["kinesis:PutRecord", "kinesis:PutRecords"],
  firehose: ["firehose:PutRecord", "firehose:PutRecordBatch"],
} as const;

type Service = keyof typeof ACTIONS;

/** Lets a producer put records to this stream, and do nothing else with it. */
export const allowPuts = (service: Service, streamArn: Expression): Statement => ({
  Sid: "PutRecords",
  Effect: "Allow",
  Action: ACTIONS[service],
  Resource: streamArn.string,
});

/** Lets its records be encrypted by the stream's key. */
export const allowEncryption = (account: Account, service: Service, keyArn: Expression): Statement => ({
  Sid: "EncryptRecords",
  Effect: "Allow",
  Action: "kms:GenerateDataKey",
  Resource: keyArn.string,
  Condition: viaService(account, service),
});

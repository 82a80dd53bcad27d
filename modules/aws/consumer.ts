import type { Expression } from "../terraform/expression";
import type { Account } from "./account";
import type { Statement } from "./policy";
import { viaService } from "./via-service";

/** Lets a consumer poll a stream, as an event source mapping does. @param streamArn may be a pattern */
export const allowReads = (Sid: string, streamArn: Expression): Statement => ({
  Sid,
  Effect: "Allow",
  Action: [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
  ],
  Resource: streamArn.string,
});

/** Lets the records of streams be decrypted by their key. */
export const allowDecryption = (account: Account, keyArn: Expression): Statement => ({
  Sid: "DecryptRecords",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: keyArn.string,
  Condition: viaService(account, "kinesis"),
});

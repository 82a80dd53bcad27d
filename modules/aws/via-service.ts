import type { Account } from "./account";

/** The condition that a key is used through a service of the account's region alone. */
export const viaService = ({ region, dnsSuffix }: Account, service: "kinesis" | "firehose" | "s3" | "sqs") => ({
  StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffix}` },
});

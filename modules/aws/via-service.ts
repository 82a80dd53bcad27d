import { type Expression, hcl } from "../terraform/expression";
import type { Account } from "./account";
import { type ConditionalStatement, statementIf } from "./policy";

type KeyedService = "kinesis" | "firehose" | "s3" | "sqs";

/** The condition that a key is used through a service of the account's region alone. */
export const viaService = ({ region, dnsSuffix }: Account, service: KeyedService) => ({
  StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffix}` },
});

/** Lets a key be used through a service, if there is one: `keyArn` is null for none. */
export const useOfKey = (
  Sid: string,
  Action: string | readonly string[],
  { keyArn, account, service }: { keyArn: Expression; account: Account; service: KeyedService },
): ConditionalStatement =>
  statementIf(hcl`${keyArn} != null`, {
    ...{ Sid, Effect: "Allow", Action },
    Resource: keyArn.string,
    Condition: viaService(account, service),
  });

import { type Expression, hcl } from "../terraform/expression";
import type { Account } from "./account";
import { type ConditionalStatement, type Statement, statementIf } from "./policy";

/**
 * The trust policy of a function's role.
 *
 * @param ofThisAccount whether Lambda has to name this account as the one that it acts for: no page of AWS says that it does
 */
export function assumedByLambda({ id }: Account, ofThisAccount: Expression): ConditionalStatement[] {
  const assume = {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  } as const;
  const Condition = { StringEquals: { "aws:SourceAccount": id } };
  return [
    statementIf(hcl`!${ofThisAccount}`, { Sid: "Lambda", ...assume }),
    statementIf(ofThisAccount, { Sid: "LambdaOfThisAccount", ...assume, Condition }),
  ];
}

/** Lets a function decrypt its environment. @param name of the function; of several, with `*` */
export const decryptEnvironment = (account: Account, name: string, keyArn: string): Statement => ({
  Sid: "DecryptEnvironment",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: keyArn,
  Condition: {
    ArnLike: { "kms:EncryptionContext:aws:lambda:FunctionArn": account.arn("lambda", `function:${name}`) },
  },
});

/** Lets a function write its logs and traces. @param name of the function; of several, with `*` */
export const writeOwnLogs = (account: Account, name: string): Statement[] => [
  {
    Sid: "WriteOwnLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: account.arn("logs", `log-group:/aws/lambda/${name}:*`),
  },
  {
    Sid: "Trace",
    Effect: "Allow",
    Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    Resource: "*",
  },
];

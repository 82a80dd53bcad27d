import type { Account } from "./account";
import type { Statement } from "./policy";

/** The trust policy of a function's role. */
export const lambdaOfThisAccount = ({ id }: Account): Statement => ({
  Sid: "LambdaOfThisAccount",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceAccount": id } },
});

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

import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { TerraformLocal } from "cdktf";
import { type ConditionalStatement, PolicyDocument, policy, type Statement, statementIf } from "../aws/policy";
import { viaService } from "../aws/via-service";
import { countIf } from "../terraform/count";
import { hcl } from "../terraform/expression";
import { constantPart, type DeliveryContext, hasSource } from "./context";
import { errorLogName } from "./error-log";

type Statements = readonly (Statement | ConditionalStatement)[];

/** The role that Firehose assumes: one that exists, or one that is created. */
export interface DeliveryRole {
  readonly arn: string;
  /** What it needs. */
  readonly document: PolicyDocument;
  /** Before it is there, Firehose cannot read its source. */
  readonly policy: IamRolePolicy;
}

/** IAM takes 64 characters (IAM API Reference, CreateRole): regions have up to 14 of them, and `-firehose` has 9. */
const LONGEST = 40;

/** @param further what the destination needs, beside objects in S3 */
export function createDeliveryRole(context: DeliveryContext, further: Statements): DeliveryRole {
  const { scope, inputs, account, name } = context;
  const count = countIf(hcl`${inputs.role} == null`);
  const short = hcl`length(${name}) <= ${LONGEST} ? ${name} : join("-", [substr(${name}, 0, 29), substr(sha256(${name}), 0, 10)])`;
  const role = new IamRole(scope, "firehose_role", {
    count,
    name: hcl`join("-", [${short}, ${account.region}, "firehose"])`.string,
    description: `Firehose delivers what arrives at ${name}`,
    assumeRolePolicy: policy(firehoseOfThisAccount(context)),
    permissionsBoundary: inputs.permissionsBoundaryArn.string,
    tags: inputs.tags.map,
  });
  const document = new PolicyDocument([
    ...readSource(context),
    ...writeObjects(context),
    logErrors(context),
    ...further,
  ]);
  const rolePolicy = new IamRolePolicy(scope, "firehose_role_policy", {
    count,
    name: "deliver",
    role: hcl`one(${role.fqn}[*].name)`.string,
    policy: document.string,
  });
  const given = hcl`startswith(${inputs.role}, "arn:") ? ${inputs.role} : join("", ["arn:", ${account.partition}, ":iam::", ${account.id}, ":role/", ${inputs.role}])`;
  const arn = new TerraformLocal(scope, "role_arn", hcl`${inputs.role} == null ? one(${role.fqn}[*].arn) : ${given}`)
    .asString;
  return { arn, document, policy: rolePolicy };
}

/**
 * Firehose gives the account as the external id (Amazon Data Firehose Developer Guide, Controlling access with Amazon Data Firehose:
 * Allow Firehose to assume an IAM role).
 */
const firehoseOfThisAccount = ({ account }: DeliveryContext): Statement => ({
  Sid: "FirehoseOfThisAccount",
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "sts:ExternalId": account.id } },
});

function readSource(context: DeliveryContext): Statements {
  const { inputs, account } = context;
  const source = inputs.sourceStreamArn.string;
  return [
    statementIf(hasSource(context), {
      Sid: "ReadSource",
      Effect: "Allow",
      Action: ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
      Resource: source,
    }),
    statementIf(hcl`${hasSource(context)} && ${inputs.sourceKmsKeyArn} != null`, {
      Sid: "DecryptSource",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: inputs.sourceKmsKeyArn.string,
      Condition: {
        ...viaService(account, "kinesis"),
        StringLike: { "kms:EncryptionContext:aws:kinesis:arn": source },
      },
    }),
  ];
}

/** What the guide lists for S3 (Grant Firehose access to an Amazon S3 destination), below the prefixes. */
function writeObjects({ account, objects }: DeliveryContext): Statements {
  const { bucketArn, prefix, errorOutputPrefix, kmsKeyArn } = objects;
  const ownedByThisAccount = { StringEquals: { "s3:ResourceAccount": account.id } };
  const written = hcl`distinct(${[prefix, errorOutputPrefix].map((each) => `${bucketArn}/${constantPart(each)}*`)})`;
  return [
    {
      Sid: "WriteObjects",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      Resource: written.list,
      Condition: ownedByThisAccount,
    },
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: bucketArn,
      Condition: ownedByThisAccount,
    },
    statementIf(hcl`${kmsKeyArn} != null`, {
      Sid: "EncryptObjects",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: kmsKeyArn.string,
      Condition: {
        ...viaService(account, "s3"),
        // With a bucket key, the context is the bucket.
        StringLike: { "kms:EncryptionContext:aws:s3:arn": hcl`concat([${bucketArn}], ${written})` },
      },
    }),
  ];
}

const logErrors = ({ account, name }: DeliveryContext): Statement => ({
  Sid: "LogErrors",
  Effect: "Allow",
  Action: "logs:PutLogEvents",
  Resource: account.arn("logs", `log-group:${errorLogName(name)}:log-stream:*`),
});

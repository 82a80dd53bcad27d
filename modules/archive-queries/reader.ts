import { ARCHIVE_TABLE } from "../../core/settings/archive-table";
import { PolicyDocument, type Statement } from "../aws/policy";
import { useOfKey } from "../aws/via-service";
import type { ArchiveQueriesContext } from "./context";

interface Read {
  readonly databaseName: string;
  readonly workgroupArn: string;
  readonly resultsBucket: string;
}

/**
 * What a reader needs: this workgroup, this database, the objects of the archive and the results. Athena asks Glue and S3 in its name.
 *
 * Source: Amazon Athena User Guide, Control access to Amazon S3, Configure access to databases and tables, and Use IAM policies to control
 * workgroup access.
 */
export function readerPolicy(context: ArchiveQueriesContext, { databaseName, workgroupArn, resultsBucket }: Read) {
  const { inputs, account, archiveBucket, archiveOwner } = context;
  const glue = (resource: string) => account.arn("glue", resource);
  const s3 = (path: string) => `arn:${account.partition}:s3:::${path}`;
  const ownedBy = (owner: string) => ({ StringEquals: { "s3:ResourceAccount": owner } });
  const archive = `${inputs.archivePrefix}archive/`;
  const statements: Statement[] = [
    {
      Sid: "RunStatements",
      Effect: "Allow",
      Action: [
        ...["athena:StartQueryExecution", "athena:StopQueryExecution", "athena:GetQueryExecution"],
        ...["athena:BatchGetQueryExecution", "athena:ListQueryExecutions"],
        ...["athena:GetQueryResults", "athena:GetQueryResultsStream", "athena:GetWorkGroup"],
        ...["athena:GetNamedQuery", "athena:BatchGetNamedQuery", "athena:ListNamedQueries"],
      ],
      Resource: workgroupArn,
    },
    {
      Sid: "ReadCatalog",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetTable", "glue:GetTables"],
      Resource: [
        glue("catalog"),
        glue(`database/${databaseName}`),
        ...[ARCHIVE_TABLE.name, "events"].map((table) => glue(`table/${databaseName}/${table}`)),
      ],
    },
    {
      // Athena looks it up for every statement.
      Sid: "FindDefaultDatabase",
      Effect: "Allow",
      Action: "glue:GetDatabase",
      Resource: [glue("catalog"), glue("database/default")],
    },
    {
      Sid: "ListArchive",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: s3(archiveBucket),
      Condition: { ...ownedBy(archiveOwner), StringLike: { "s3:prefix": `${archive}*` } },
    },
    {
      Sid: "ReadArchive",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: s3(`${archiveBucket}/${archive}*`),
      Condition: ownedBy(archiveOwner),
    },
    {
      Sid: "LocateBuckets",
      Effect: "Allow",
      Action: "s3:GetBucketLocation",
      Resource: [s3(archiveBucket), s3(resultsBucket)],
    },
    {
      Sid: "ListResults",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: s3(resultsBucket),
      Condition: ownedBy(account.id),
    },
    {
      Sid: "WriteResults",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      Resource: s3(`${resultsBucket}/${inputs.resultsPrefix}*`),
      Condition: ownedBy(account.id),
    },
  ];
  return new PolicyDocument([
    ...statements,
    useOfKey("DecryptArchive", "kms:Decrypt", { keyArn: inputs.archiveKmsKeyArn, account, service: "s3" }),
    useOfKey("EncryptResults", ["kms:Decrypt", "kms:GenerateDataKey"], {
      keyArn: inputs.kmsKeyArn,
      account,
      service: "s3",
    }),
  ]);
}

import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { ARCHIVE_QUERIES } from "../../core/settings/archive-queries";
import { accountOf } from "../aws/account";
import { keyOfRegion } from "../aws/own-arns";
import { precondition, preconditions, validateProps } from "../inputs/constraints";
import { valuesOf } from "../inputs/values";
import { archiveBucketOf, archiveOwnerOf } from "../log-archive/bucket-name";
import { type Expression, hcl } from "../terraform/expression";
import { archiveQueriesConstraints } from "./constraints";
import type { ArchiveQueriesContext } from "./context";
import { type ArchiveQueriesProps, archiveQueriesInputs } from "./inputs";
import type { archiveQueriesOutputs } from "./outputs";
import { readerPolicy } from "./reader";
import { createResultsBucket } from "./results-bucket";
import { createTable, createView } from "./tables";

/**
 * Athena on the archive: a database with the table of its objects and the view of its events, a workgroup with a scan limit, and the
 * saved queries. It reads the archive bucket, which must exist, and changes nothing in it; it costs nothing until somebody asks.
 */
export class ArchiveQueries extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof archiveQueriesOutputs, Expression>>;

  /**
   * @param props all optional; any value may be a token. {@link archiveQueriesInputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: ArchiveQueriesProps = {}) {
    super(scope, id);
    validateProps(this.node.path, archiveQueriesInputs, archiveQueriesConstraints, props);

    const inputs = valuesOf(archiveQueriesInputs, props);
    const account = accountOf(this);
    const archiveOwner = archiveOwnerOf(inputs, account);
    const archiveBucketName = archiveBucketOf(inputs, { ...account, id: archiveOwner });
    const archiveBucket = new TerraformLocal(this, "archive_bucket", archiveBucketName).asString;
    // Athena takes no hyphen in a name without quotes.
    const ofDatabase = hcl`join("_", [replace(${inputs.name}, "-", "_"), "archive"])`;
    const databaseName = new TerraformLocal(this, "database_name", ofDatabase).asString;
    const workgroupName = `${inputs.name}-archive`;
    const context: ArchiveQueriesContext = {
      scope: this,
      inputs,
      account,
      archiveBucket,
      archiveOwner,
    };
    const database = new GlueCatalogDatabase(this, "glue_catalog_database", {
      name: databaseName,
      description: hcl`join(" ", ["The log archive of", ${inputs.name}])`.string,
      tags: inputs.tags.map,
      lifecycle: {
        precondition: [
          ...preconditions(archiveQueriesConstraints, archiveQueriesInputs, props),
          keyOfRegion(account, "archive_kms_key_arn", inputs.archiveKmsKeyArn),
          keyOfRegion(account, "kms_key_arn", inputs.kmsKeyArn),
          precondition(
            "results_bucket",
            "another bucket than the archive, which has the events and nothing else",
            hcl`[for bucket in [${inputs.resultsBucket}] : bucket if bucket == ${archiveBucket}]`,
          ),
        ],
      },
    });
    createTable(context, database);
    createView(context, database);

    const resultsBucket = createResultsBucket(context);
    const resultsUri = hcl`join("", ["s3://", ${resultsBucket}, "/", ${inputs.resultsPrefix}])`;
    const workgroup = new AthenaWorkgroup(this, "athena_workgroup", {
      name: workgroupName,
      description: hcl`join(" ", ["Asks the log archive of", ${inputs.name}])`.string,
      // Else Athena keeps a workgroup in which a statement ever ran.
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: inputs.bytesScannedCutoffPerQuery.number,
        resultConfiguration: {
          outputLocation: resultsUri.string,
          // A bucket of this name that somebody else makes gets nothing.
          expectedBucketOwner: account.id,
          encryptionConfiguration: {
            encryptionOption: hcl`${inputs.kmsKeyArn} == null ? "SSE_S3" : "SSE_KMS"`.string,
            kmsKeyArn: inputs.kmsKeyArn.string,
          },
        },
      },
      tags: inputs.tags.map,
    });
    for (const { name, description, sql } of ARCHIVE_QUERIES) {
      new AthenaNamedQuery(this, `${name.replaceAll("-", "_")}_athena_named_query`, {
        name,
        description,
        database: database.name,
        workgroup: workgroup.name,
        query: `${sql}\n`,
      });
    }

    this.outputs = {
      databaseName: hcl`${database.name}`,
      workgroupName: hcl`${workgroup.name}`,
      workgroupArn: hcl`${workgroup.arn}`,
      resultsUri,
      readerPolicy: readerPolicy(context, {
        databaseName,
        workgroupArn: account.arn("athena", `workgroup/${workgroupName}`),
        resultsBucket,
      }),
    };
  }
}

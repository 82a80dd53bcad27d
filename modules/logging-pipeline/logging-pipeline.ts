import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { accountOf } from "../aws/account";
import { keyOfRegion } from "../aws/own-arns";
import { preconditions, validateProps } from "../inputs/constraints";
import { attributesByPath } from "../inputs/schema";
import { type Values, valuesOf } from "../inputs/values";
import { archiveBucketOf, archiveOwnerOf } from "../log-archive/bucket-name";
import { type Expression, hcl } from "../terraform/expression";
import { functionZip } from "../terraform/function-package";
import { accessPoliciesOf } from "./access-policies";
import { AccountSubscriptionPolicy } from "./account-subscription";
import { createPipelineAlarms, ownAlarmTopics } from "./alarms/alarms";
import { createArchiveCompaction } from "./archive-compaction";
import { createAudit } from "./audit";
import { createAuditRole } from "./audit-role";
import { pipelineConstraints } from "./constraints";
import type { Context } from "./context";
import { createDashboard } from "./dashboard/dashboard";
import { ownCertificate } from "./domain-options";
import { laneEnvironmentsFit } from "./environment-size";
import { createExceptions } from "./exceptions";
import { existingRolesOfAccount } from "./existing-roles";
import { createForwarderRole, forArchiveOwner } from "./forwarder-role";
import { createForwarders } from "./forwarders";
import { createIndexCleanup } from "./index-cleanup";
import { createIndexCleanupRole } from "./index-cleanup-role";
import { indexPatternOf, indexSettingsOf } from "./index-names";
import { type LoggingPipelineProps, pipelineInputs } from "./inputs";
import { createKey, keyStatementsOf } from "./key";
import { Lanes } from "./lanes";
import { createLogDestination, sourcesAreOthers } from "./log-destination";
import { auditLogsAreExcluded, findLogGroups } from "./log-group-prefixes";
import { createLogsToKinesisRole } from "./logs-to-kinesis-role";
import type { pipelineOutputs } from "./outputs";
import { makesDomain } from "./own-domain";
import { ownLogGroups } from "./own-log-groups";
import { producerPoliciesOf } from "./producer-policies";
import { createSearchDomain } from "./search-domain";
import { checkShards } from "./shards-check";
import { createSources } from "./sources";
import { consumerPoliciesOf, createStreamConsumers } from "./stream-consumers";

/**
 * Delivers CloudWatch log groups to a search endpoint and to an archive in S3: 7 resources, and 6 for each log group; 2 for one that shares
 * a stream, which has 4.
 * The archive bucket must exist; {@link LogArchive} creates it, best in a stack of its own.
 */
export class LoggingPipeline extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof pipelineOutputs, Expression>>;

  /**
   * @param props all optional; any value may be a token. {@link pipelineInputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: LoggingPipelineProps = {}) {
    super(scope, id);
    validateProps(this.node.path, pipelineInputs, pipelineConstraints, props);

    const inputs = valuesOf(pipelineInputs, props);
    const context = this.contextOf(inputs);
    const lanes = new Lanes(this, inputs);
    const exceptions = createExceptions(this, inputs, lanes);
    const own = ownLogGroups(context, lanes);
    const found = findLogGroups(context, own);
    const accountSubscription = new AccountSubscriptionPolicy(context, { lanes, found, own });
    const key = createKey(context, lanes, [
      ...preconditions(pipelineConstraints, pipelineInputs, props),
      lanes.haveDifferentNames,
      ...ownAlarmTopics(context),
      laneEnvironmentsFit(context, lanes, exceptions),
      ...existingRolesOfAccount(context),
      keyOfRegion(context.account, "archive_kms_key_arn", inputs.archiveKmsKeyArn),
      accountSubscription.criteriaFit,
      auditLogsAreExcluded(context, found),
      sourcesAreOthers(context),
      ownCertificate(context),
    ]);
    const logsToKinesisRole = createLogsToKinesisRole(context, key);
    const forwarderRole = createForwarderRole(context, key);
    const indexCleanupRole = createIndexCleanupRole(context, key);
    const auditRole = createAuditRole(context, key);
    const search = createSearchDomain(context, key, {
      forwarder: forwarderRole,
      indexCleanup: indexCleanupRole,
      audit: auditRole,
    });
    const streams = createSources(context, { lanes, found, key, role: logsToKinesisRole, accountSubscription });
    const logDestination = createLogDestination(context, key, streams.resource);
    const forwarders = createForwarders(context, {
      lanes,
      streams,
      key,
      role: forwarderRole,
      searchEndpoint: search.endpoint,
      exceptions,
      zipPath: functionZip(this, "forwarder"),
    });
    const indexCleanup = createIndexCleanup(context, {
      key,
      role: indexCleanupRole,
      searchEndpoint: search.endpoint,
      zipPath: functionZip(this, "index-cleanup"),
    });
    const archiveCompaction = createArchiveCompaction(context, {
      lanes,
      key,
      zipPath: functionZip(this, "archive-compaction"),
    });

    const indexSettings = new TerraformLocal(this, "index_settings", indexSettingsOf(inputs, lanes)).expression;
    const audit = createAudit(context, {
      key,
      role: auditRole,
      searchEndpoint: search.endpoint,
      indexSettings: hcl`${indexSettings}`,
      zipPath: functionZip(this, "audit"),
    });

    checkShards(context, lanes, found);
    createPipelineAlarms(context, lanes);
    createDashboard(context);

    this.outputs = {
      searchEndpoint: search.endpoint,
      searchDomainArn: hcl`${context.searchDomainArn}`,
      searchDomainId: search.domainId,
      searchDomainLogGroupNames: search.logGroupNames,
      dashboardsUrl: search.dashboardsUrl,
      accessPolicies: accessPoliciesOf(context),
      indexPattern: indexPatternOf(inputs),
      indexSettings: hcl`${indexSettings}`,
      archiveBucketName: hcl`${context.archiveBucket}`,
      archiveUri: hcl`join("/", ["s3:/", ${context.archiveBucket}, ${inputs.archivePrefix}])`,
      ...forArchiveOwner(context),
      foundLogGroups: found.namesByPrefix,
      excludedLogGroups: accountSubscription.excluded,
      logDestinationArn: logDestination.arn,
      logDestinationLines: logDestination.lines,
      logDestinationRoleTrustPolicy: logDestination.roleTrust,
      streamNames: streams.names,
      streamArns: streams.arns.byKey,
      producerPolicies: producerPoliciesOf(context, lanes, key),
      consumerArns: createStreamConsumers(context, lanes, streams.resource),
      consumerPolicies: consumerPoliciesOf(context, lanes, key),
      functionNames: forwarders.names,
      functionArns: forwarders.arns.byKey,
      forwarderLogGroupNames: forwarders.logGroupNames,
      eventSourceMappingIds: forwarders.mappingIds,
      forwarderRoleName: forwarderRole.name,
      forwarderRoleArn: hcl`${forwarderRole.arn}`,
      forwarderRolePolicy: forwarderRole.document,
      forwarderRoleTrustPolicy: forwarderRole.trust,
      indexCleanupFunctionName: indexCleanup,
      indexCleanupRoleName: indexCleanupRole.name,
      indexCleanupRoleArn: indexCleanupRole.arn,
      archiveCompactionFunctionName: archiveCompaction.functionName,
      archiveCompactionRoleArn: archiveCompaction.roleArn,
      auditFunctionName: audit,
      auditRoleName: auditRole.name,
      auditRoleArn: auditRole.arn,
      logsToKinesisRoleName: logsToKinesisRole.name,
      logsToKinesisRoleArn: hcl`${logsToKinesisRole.arn}`,
      logsToKinesisRolePolicy: logsToKinesisRole.document,
      logsToKinesisRoleTrustPolicy: logsToKinesisRole.trust,
      kmsKeyArn: hcl`${key.arn}`,
      kmsKeyId: hcl`try(reverse(split("/", ${key.arn}))[0], null)`,
      kmsKeyStatements: keyStatementsOf(context),
      inputAttributes: hcl`${attributesByPath(pipelineInputs)}`,
    };
  }

  private contextOf(inputs: Values<typeof pipelineInputs>): Context {
    const account = accountOf(this);
    const archiveOwner = archiveOwnerOf(inputs, account);
    const archiveBucketName = archiveBucketOf(inputs, { ...account, id: archiveOwner });
    const archiveBucket = new TerraformLocal(this, "archive_bucket", archiveBucketName).asString;
    const ownDomainArn = account.arn("es", `domain/${inputs.name}`);
    const searchDomainArn = hcl`${makesDomain(inputs)} ? ${ownDomainArn} : ${inputs.searchDomainArn}`;
    return {
      scope: this,
      inputs,
      account,
      archiveBucket,
      archiveBucketArn: `arn:${account.partition}:s3:::${archiveBucket}`,
      archiveOwner,
      searchDomainArn: new TerraformLocal(this, "search_domain_arn", searchDomainArn).asString,
    };
  }
}

import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { TerraformIterator } from "cdktf";
import { policy } from "../aws/policy";
import { countIf } from "../terraform/count";
import { type Expression, hcl, written } from "../terraform/expression";
import { attributeByKey } from "../terraform/instances";
import type { Context } from "./context";
import { DOMAIN_LOGS, domainLogsPrefix } from "./domain-log-types";
import type { PipelineKey } from "./key";
import { makesDomain } from "./own-domain";

/** The log groups of the domain. */
export interface DomainLogs {
  /** By type. */
  readonly names: Expression;
  /** By type. */
  readonly arns: Expression;
  /** What lets the domain write. */
  readonly policy: CloudwatchLogResourcePolicy;
}

/** Makes a log group for each of the domain's logs that is asked for, and lets the domain alone write to them. */
export function createDomainLogs({ scope, inputs, account }: Context, key: PipelineKey): DomainLogs {
  const { logTypes, logRetentionInDays } = inputs.searchDomain;
  const prefix = domainLogsPrefix(inputs.name.string);
  const types = hcl`${makesDomain(inputs)} ? ${logTypes} : []`;
  const groups = new CloudwatchLogGroup(scope, "domain_log_group", {
    forEach: TerraformIterator.fromMap(hcl`{ for type in ${types} : type => ${DOMAIN_LOGS}[type] }`.map),
    name: hcl`join("", [${prefix}, each.value])`.string,
    retentionInDays: logRetentionInDays.number,
    kmsKeyId: key.arn,
    tags: inputs.tags.map,
  });
  const resourcePolicy = new CloudwatchLogResourcePolicy(scope, "domain_log_resource_policy", {
    // One for all of them, since an account has ten in a region (CloudWatch Logs API Reference, PutResourcePolicy).
    count: countIf(hcl`length(${types}) > 0`),
    policyName: hcl`join("-", [${inputs.name}, "search-domain"])`.string,
    policyDocument: policy({
      Sid: "DomainWritesItsLogs",
      Effect: "Allow",
      Principal: { Service: "es.amazonaws.com" },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
      Resource: account.arn("logs", `log-group:${prefix}*`),
      Condition: {
        StringEquals: { "aws:SourceAccount": account.id },
        ArnLike: { "aws:SourceArn": account.arn("es", `domain/${inputs.name}`) },
      },
    }),
  });
  return {
    names: attributeByKey(groups, "name"),
    arns: attributeByKey(groups, "arn"),
    policy: resourcePolicy,
  };
}

/** The blocks `log_publishing_options`: of these log groups, and of an existing one for audit logs. */
export function logPublishingOptions({ inputs }: Context, { arns }: DomainLogs) {
  const { auditLogGroupArn } = inputs.searchDomain;
  return {
    for_each: hcl`merge(${arns}, { for arn in [${auditLogGroupArn}] : "AUDIT_LOGS" => arn if arn != null })`,
    content: {
      log_type: written("log_publishing_options.key"),
      cloudwatch_log_group_arn: written("log_publishing_options.value"),
    },
  };
}

import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { TerraformLocal } from "cdktf";
import { Check } from "../terraform/check";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { domainAccessPolicy, type SearchRoles } from "./domain-access-policy";
import { createDomainLogs, logPublishingOptions } from "./domain-logs";
import { addOptionalBlock, addOptions, optionalEndpoint, optionalNodes } from "./domain-options";
import type { PipelineKey } from "./key";
import { makesDomain } from "./own-domain";
import { hasFineGrainedAccess } from "./search-contents";
import { browsersComeUnsigned, createSamlOptions, masterUserOptions, waysIn } from "./sign-in";
import { ebsOptions } from "./volumes";

/** The search endpoint: that of the domain, or the existing one. */
export interface Search {
  readonly endpoint: Expression;
  /** Null for an existing endpoint, whose dashboards are not known. */
  readonly dashboardsUrl: Expression;
  /** Null without a domain. */
  readonly domainId: Expression;
  /** By the type of the log. */
  readonly logGroupNames: Expression;
}

export function createSearchDomain(context: Context, key: PipelineKey, roles: SearchRoles): Search {
  const { scope, inputs } = context;
  const { searchDomain: settings, searchEndpoint, vpc } = inputs;
  const unsigned = hcl`${new TerraformLocal(scope, "browsers_come_unsigned", browsersComeUnsigned(inputs)).expression}`;
  const logs = createDomainLogs(context, key);
  const domain = new OpensearchDomain(scope, "domain", {
    count: countIf(makesDomain(inputs)),
    domainName: inputs.name.string,
    engineVersion: settings.engineVersion.string,
    accessPolicies: domainAccessPolicy(context, roles, unsigned),
    clusterConfig: {
      instanceType: settings.instanceType.string,
      instanceCount: settings.instanceCount.number,
      zoneAwarenessEnabled: hcl`${settings.availabilityZones} > 1`,
      dedicatedMasterEnabled: hcl`${settings.dedicatedMasterType} != null`,
      dedicatedMasterType: settings.dedicatedMasterType.string,
      // Three, because two have no quorum (OpenSearch Service Developer Guide, Dedicated master nodes).
      dedicatedMasterCount: hcl`${settings.dedicatedMasterType} == null ? null : 3`.number,
      ...optionalNodes(settings),
    },
    ebsOptions: ebsOptions(inputs),
    encryptAtRest: { enabled: true, kmsKeyId: key.arn },
    nodeToNodeEncryption: { enabled: true },
    domainEndpointOptions: {
      enforceHttps: true,
      tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      ...optionalEndpoint(settings),
    },
    tags: inputs.tags.map,
    // The domain tries to write to its log groups when they are named.
    dependsOn: [logs.policy],
  });
  addOptions(domain, settings);
  addOptionalBlock(domain, "dynamic.vpc_options", hcl`${vpc.subnetIds} != null`, {
    subnet_ids: hcl`slice(${vpc.subnetIds}, 0, ${settings.availabilityZones})`,
    security_group_ids: vpc.securityGroupIds,
  });
  addOptionalBlock(
    domain,
    "dynamic.advanced_security_options",
    hasFineGrainedAccess(inputs),
    masterUserOptions(context),
  );
  addOptionalBlock(domain, "dynamic.cognito_options", hcl`${settings.cognito.userPoolId} != null`, {
    enabled: true,
    user_pool_id: settings.cognito.userPoolId,
    identity_pool_id: settings.cognito.identityPoolId,
    role_arn: settings.cognito.roleArn,
  });
  domain.addOverride("dynamic.log_publishing_options", logPublishingOptions(context, logs));
  createSamlOptions(context, domain);
  new Check(scope, "ways_in", waysIn(inputs, domain, unsigned));
  const ownEndpoint = hcl`join("", formatlist("https://%s", ${domain.fqn}[*].endpoint))`;
  // The provider's dashboard_endpoint ends in /_dashboards whatever the engine.
  const dashboardsPath = hcl`startswith(${settings.engineVersion}, "Elasticsearch_") ? "/_plugin/kibana" : "/_dashboards"`;
  const { hostname } = settings.customEndpoint;
  const host = hcl`${hostname} == null ? domain.endpoint : ${hostname}`;
  const endpoint = hcl`${searchEndpoint} == null ? ${ownEndpoint} : ${searchEndpoint}`;
  return {
    endpoint: hcl`${new TerraformLocal(scope, "search_endpoint", endpoint).expression}`,
    domainId: hcl`one(${domain.fqn}[*].domain_id)`,
    logGroupNames: logs.names,
    dashboardsUrl: hcl`one([for domain in ${domain.fqn} : join("", ["https://", ${host}, ${dashboardsPath}])])`,
  };
}

import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { TerraformCount, TerraformLocal } from "cdktf";
import { policy, statementIf } from "../aws/policy";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { cleanUpIndices, type IndexCleanupRole, isCleanedUp } from "./index-cleanup-role";
import { keepTemplateAndPolicy } from "./search-contents";

/** The search endpoint: that of the domain, or the existing one. */
export interface Search {
  readonly endpoint: Expression;
  /** Null for an existing endpoint, whose dashboards are not known. */
  readonly dashboardsUrl: Expression;
}

/** The roles of functions that use the domain. */
export interface SearchRoles {
  readonly forwarder: IamRole;
  readonly indexCleanup: IndexCleanupRole;
}

export function createSearchDomain(context: Context, key: KmsKey, roles: SearchRoles): Search {
  const { scope, inputs } = context;
  const { searchDomain: settings, searchEndpoint, vpc } = inputs;
  const domain = new OpensearchDomain(scope, "domain", {
    count: TerraformCount.of(hcl`${searchEndpoint} == null ? 1 : 0`.number),
    domainName: inputs.name.string,
    engineVersion: settings.engineVersion.string,
    accessPolicies: accessPolicy(context, roles),
    clusterConfig: {
      instanceType: settings.instanceType.string,
      instanceCount: settings.instanceCount.number,
      zoneAwarenessEnabled: hcl`${settings.availabilityZones} > 1`,
      dedicatedMasterEnabled: hcl`${settings.dedicatedMasterType} != null`,
      dedicatedMasterType: settings.dedicatedMasterType.string,
      // Three, because two have no quorum (OpenSearch Service Developer Guide, Dedicated master nodes).
      dedicatedMasterCount: hcl`${settings.dedicatedMasterType} == null ? null : 3`.number,
    },
    ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: settings.volumeSizeGib.number },
    encryptAtRest: { enabled: true, kmsKeyId: key.arn },
    nodeToNodeEncryption: { enabled: true },
    domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
    tags: inputs.tags.map,
  });
  addOptionalBlock(domain, "cluster_config.dynamic.zone_awareness_config", hcl`${settings.availabilityZones} > 1`, {
    availability_zone_count: settings.availabilityZones,
  });
  addOptionalBlock(domain, "dynamic.vpc_options", hcl`${vpc.subnetIds} != null`, {
    subnet_ids: hcl`slice(${vpc.subnetIds}, 0, ${settings.availabilityZones})`,
    security_group_ids: vpc.securityGroupIds,
  });
  addOptionalBlock(domain, "dynamic.advanced_security_options", hcl`${settings.masterUserArn} != null`, {
    enabled: true,
    internal_user_database_enabled: false,
    master_user_options: { master_user_arn: settings.masterUserArn },
  });
  addOptionalBlock(domain, "dynamic.log_publishing_options", hcl`${settings.auditLogGroupArn} != null`, {
    log_type: "AUDIT_LOGS",
    cloudwatch_log_group_arn: settings.auditLogGroupArn,
  });
  const ownEndpoint = hcl`join("", formatlist("https://%s", ${domain.fqn}[*].endpoint))`;
  const endpoint = hcl`${searchEndpoint} == null ? ${ownEndpoint} : ${searchEndpoint}`;
  return {
    endpoint: hcl`${new TerraformLocal(scope, "search_endpoint", endpoint).expression}`,
    dashboardsUrl: hcl`one(formatlist("https://%s", ${domain.fqn}[*].dashboard_endpoint))`,
  };
}

/** Adds a block under a condition; otherwise its content is not evaluated. */
function addOptionalBlock(
  domain: OpensearchDomain,
  path: string,
  condition: Expression,
  content: Readonly<Record<string, unknown>>,
): void {
  domain.addOverride(path, { for_each: hcl`${condition} ? [true] : []`, content });
}

/** The forwarder may write, the clean-up function may delete, readers may read. IAM policies of other principals decide about their access. */
function accessPolicy({ inputs, account }: Context, { forwarder, indexCleanup }: SearchRoles): string {
  const domain = account.arn("es", `domain/${inputs.name}`);
  const readers = inputs.searchDomain.readerArns;
  return policy(
    {
      Sid: "ForwarderIndexesEvents",
      Effect: "Allow",
      Principal: { AWS: forwarder.arn },
      Action: "es:ESHttpPost",
      Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`],
    },
    ...keepTemplateAndPolicy("Forwarder", inputs, domain, hcl`true`, { Principal: { AWS: forwarder.arn } }),
    ...cleanUpIndices("Cleanup", inputs, domain, isCleanedUp(inputs), { Principal: { AWS: indexCleanup.arn.string } }),
    statementIf(hcl`length(${readers}) > 0`, {
      Sid: "ReadersRead",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: ["es:ESHttpGet", "es:ESHttpHead"],
      Resource: `${domain}/*`,
    }),
    statementIf(hcl`length(${readers}) > 0`, {
      Sid: "ReadersSearch",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: "es:ESHttpPost",
      Resource: ["_search", "_msearch", "_count"].flatMap((api) => [`${domain}/${api}`, `${domain}/*/${api}`]),
    }),
  );
}

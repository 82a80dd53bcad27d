import type { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import type { Precondition } from "cdktf";
import { ownArns } from "../aws/own-arns";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";

type Settings = Context["inputs"]["searchDomain"];

const hasWarmNodes = ({ warmCount }: Settings): Expression => hcl`${warmCount} > 0`;

/** Arguments of `cluster_config` that are null where nothing asks for them. */
export const optionalNodes = (settings: Settings) => ({
  multiAzWithStandbyEnabled: hcl`${settings.multiAzWithStandby} ? true : null`,
  warmEnabled: hcl`${hasWarmNodes(settings)} ? true : null`,
  warmCount: hcl`${hasWarmNodes(settings)} ? ${settings.warmCount} : null`.number,
  warmType: hcl`${hasWarmNodes(settings)} ? ${settings.warmType} : null`.string,
});

/** Arguments of `domain_endpoint_options` for a name of one's own. */
export const optionalEndpoint = ({ customEndpoint: { hostname, certificateArn } }: Settings) => ({
  customEndpointEnabled: hcl`${hostname} == null ? null : true`,
  customEndpoint: hostname.string,
  customEndpointCertificateArn: certificateArn.string,
});

/** Adds the blocks of `domain` that an input turns on. */
export function addOptions(domain: OpensearchDomain, settings: Settings): void {
  const { availabilityZones, coldStorage, autoTune, offPeakWindowStart, autoSoftwareUpdate } = settings;
  addOptionalBlock(domain, "cluster_config.dynamic.zone_awareness_config", hcl`${availabilityZones} > 1`, {
    availability_zone_count: availabilityZones,
  });
  // Also where it is false: the provider keeps what a missing block had.
  addOptionalBlock(domain, "cluster_config.dynamic.cold_storage_options", hasWarmNodes(settings), {
    enabled: coldStorage,
  });
  addOptionalBlock(domain, "dynamic.auto_tune_options", hcl`${autoTune} != null`, {
    desired_state: hcl`${autoTune} ? "ENABLED" : "DISABLED"`,
    rollback_on_disable: "NO_ROLLBACK",
    use_off_peak_window: autoTune,
  });
  const window = hcl`split(":", ${offPeakWindowStart})`;
  addOptionalBlock(domain, "dynamic.off_peak_window_options", hcl`${offPeakWindowStart} != null`, {
    enabled: true,
    off_peak_window: {
      window_start_time: { hours: hcl`tonumber(${window}[0])`, minutes: hcl`tonumber(${window}[1])` },
    },
  });
  addOptionalBlock(domain, "dynamic.software_update_options", hcl`${autoSoftwareUpdate} != null`, {
    auto_software_update_enabled: autoSoftwareUpdate,
  });
}

/** Adds a block under a condition; otherwise its content is not evaluated. */
export function addOptionalBlock(
  domain: OpensearchDomain,
  path: string,
  condition: Expression,
  content: Readonly<Record<string, unknown>>,
): void {
  domain.addOverride(path, { for_each: hcl`${condition} ? [true] : []`, content });
}

/** Violated by a certificate that a domain of this account and region cannot have. */
export const ownCertificate = ({ account, inputs }: Context): Precondition =>
  ownArns(account, {
    path: "search_domain.custom_endpoint.certificate_arn",
    arns: hcl`[${inputs.searchDomain.customEndpoint.certificateArn}]`,
    own: ["account", "region"],
    allowed:
      `a certificate of account ${account.id} in ${account.region} ` +
      "(OpenSearch Service Developer Guide, Creating a custom endpoint: in the same account)",
  });

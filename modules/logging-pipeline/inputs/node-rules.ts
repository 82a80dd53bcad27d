import type { InputRule } from "../../inputs/rules";
import { INSTANCE_TYPES, isOfTypes } from "../instance-types";

/** Rules between the attributes of `search_domain` that are about nodes. AWS finds most of them when it makes the domain. */

/** A type that is null, of no master nodes, is of no kind. */
const isOf = (kind: keyof typeof INSTANCE_TYPES, type: unknown): boolean =>
  typeof type === "string" && INSTANCE_TYPES[kind].test(type);

const isOfAtPlan = (kind: keyof typeof INSTANCE_TYPES, type: string): string =>
  isOfTypes(kind, `coalesce(${type}, "-")`);

const noneIsBurstable = (domain: string): string =>
  `!(${isOfTypes("burstable", `${domain}.instance_type`)} || ${isOfAtPlan("burstable", `${domain}.dedicated_master_type`)})`;

/** `OpenSearch_2.9` is older than `OpenSearch_2.11`, and Elasticsearch than both. */
function isAtLeast(engineVersion: unknown, major: number, minor: number): boolean {
  const [, ofMajor, ofMinor] = /^OpenSearch_(\d+)\.(\d+)$/.exec(String(engineVersion)) ?? [];
  return ofMajor !== undefined && Number(ofMajor) * 1_000 + Number(ofMinor) >= major * 1_000 + minor;
}

const isAtLeastAtPlan = (engineVersion: string, major: number, minor: number): string => {
  const parts = `regex("^OpenSearch_([0-9]+)[.]([0-9]+)$", ${engineVersion})`;
  return `try(${parts}[0] * 1000 + ${parts}[1] >= ${major * 1_000 + minor}, false)`;
};

const spread: InputRule = {
  about: ["availabilityZones", "instanceCount"],
  allowed:
    "an instance_count that is a multiple of availability_zones (OpenSearch Service Developer Guide, Configuring a multi-AZ domain)",
  accepts: (value) => Object(value).instanceCount % Object(value).availabilityZones === 0,
  condition: (domain) => `${domain}.instance_count % ${domain}.availability_zones == 0`,
};

const burstable: InputRule = {
  about: ["dedicatedMasterType", "instanceCount", "instanceType"],
  allowed:
    "an instance_count of up to 10 with a T2 or T3 type, also of dedicated master nodes (OpenSearch Service Developer Guide, Domain and instance quotas)",
  accepts: (value) => {
    const { dedicatedMasterType, instanceCount, instanceType } = Object(value);
    return instanceCount <= 10 || !(isOf("burstable", instanceType) || isOf("burstable", dedicatedMasterType));
  },
  condition: (domain) => `${domain}.instance_count <= 10 || ${noneIsBurstable(domain)}`,
};

const optimized: InputRule = {
  about: ["dedicatedMasterType", "engineVersion", "instanceType"],
  allowed:
    "OpenSearch_2.11 or newer with an OpenSearch optimized instance_type (OR1, OR2, OM2, OI2), and a Graviton type of dedicated master nodes, " +
    "such as m7g.large.search (OpenSearch Service Developer Guide, OpenSearch optimized instances: Limitations)",
  accepts: (value) => {
    const { dedicatedMasterType, engineVersion, instanceType } = Object(value);
    const hasMasters = dedicatedMasterType === null || isOf("graviton", dedicatedMasterType);
    return !isOf("optimized", instanceType) || (hasMasters && isAtLeast(engineVersion, 2, 11));
  },
  condition: (domain) => {
    const masters = `(${domain}.dedicated_master_type == null || ${isOfAtPlan("graviton", `${domain}.dedicated_master_type`)})`;
    return `!${isOfTypes("optimized", `${domain}.instance_type`)} || (${masters} && ${isAtLeastAtPlan(`${domain}.engine_version`, 2, 11)})`;
  },
};

const warm: InputRule = {
  about: ["dedicatedMasterType", "instanceType", "warmCount"],
  allowed:
    "a warm_count of 0 without dedicated_master_type, and with an instance_type of T2 or T3 (OpenSearch Service Developer Guide, UltraWarm storage: Prerequisites)",
  accepts: (value) => {
    const { dedicatedMasterType, instanceType, warmCount } = Object(value);
    return warmCount === 0 || (dedicatedMasterType !== null && !isOf("burstable", instanceType));
  },
  condition: (domain) =>
    `${domain}.warm_count == 0 || (${domain}.dedicated_master_type != null && !${isOfTypes("burstable", `${domain}.instance_type`)})`,
};

const cold: InputRule = {
  about: ["coldStorage", "warmCount"],
  allowed:
    "cold_storage false without warm_count: cold indices come from UltraWarm (OpenSearch Service Developer Guide, Cold storage: Prerequisites)",
  accepts: (value) => !Object(value).coldStorage || Object(value).warmCount > 0,
  condition: (domain) => `!${domain}.cold_storage || ${domain}.warm_count > 0`,
};

const standby: InputRule = {
  about: [
    ...["availabilityZones", "dedicatedMasterType", "engineVersion", "instanceCount", "instanceType"],
    ...["multiAzWithStandby", "warmCount"],
  ],
  allowed:
    "multi_az_with_standby with OpenSearch_1.3 or newer, three availability_zones, an instance_count and a warm_count that are multiples of three, " +
    "a dedicated_master_type, and neither of T2 and T3 (OpenSearch Service Developer Guide, Multi-AZ with Standby)",
  accepts: (value) => {
    const domain = Object(value);
    const types = [domain.instanceType, domain.dedicatedMasterType];
    return (
      !domain.multiAzWithStandby ||
      (isAtLeast(domain.engineVersion, 1, 3) &&
        domain.availabilityZones === 3 &&
        [domain.instanceCount, domain.warmCount].every((count) => count % 3 === 0) &&
        types.every((type) => type !== null && !isOf("burstable", type)))
    );
  },
  condition: (domain) => {
    const counts = ["instance_count", "warm_count"].map((name) => `${domain}.${name} % 3 == 0`);
    const types = ["instance_type", "dedicated_master_type"].map(
      (name) => `${domain}.${name} != null && !${isOfAtPlan("burstable", `${domain}.${name}`)}`,
    );
    const all = [
      isAtLeastAtPlan(`${domain}.engine_version`, 1, 3),
      `${domain}.availability_zones == 3`,
      ...counts,
      ...types,
    ];
    return `!${domain}.multi_az_with_standby || (${all.join(" && ")})`;
  },
};

const autoTune: InputRule = {
  about: ["autoTune", "dedicatedMasterType", "instanceType"],
  allowed:
    "auto_tune null with a T2 or T3 type, also of dedicated master nodes: they have none that could be switched on or off (OpenSearch Service Developer Guide, Auto-Tune)",
  accepts: (value) => {
    const { autoTune, dedicatedMasterType, instanceType } = Object(value);
    return autoTune === null || !(isOf("burstable", instanceType) || isOf("burstable", dedicatedMasterType));
  },
  condition: (domain) => `${domain}.auto_tune == null || ${noneIsBurstable(domain)}`,
};

export const nodeRules: readonly InputRule[] = [spread, burstable, optimized, warm, cold, standby, autoTune];

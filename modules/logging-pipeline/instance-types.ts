import { terraformPattern } from "../inputs/rules";
import { type Expression, hcl, written } from "../terraform/expression";

/**
 * What instance types of OpenSearch Service have in common, by how their names begin: JavaScript and Terraform (RE2) read these
 * patterns alike.
 */
export const INSTANCE_TYPES = {
  /** Burstable: they have neither UltraWarm, standby nor Auto-Tune, and domains of up to 10 data nodes. */
  burstable: /^t[23]\./,
  /** Of earlier generations, which take no gp3 volume, and some of them no encryption at rest. */
  withoutGp3: /^(t2|m3|m4|c4|r3|r4|i2)\./,
  /** With NVMe disks of their own, and no EBS volume. */
  withDisks: /^(i[3-9][a-z]*|im[0-9]+[a-z]*|oi[0-9]+[a-z]*|[a-z]+[0-9]+gd)\./,
  /** OpenSearch optimized: OR1, OR2, OM2 and OI2. */
  optimized: /^o[a-z][0-9]+\./,
  graviton: /^[a-z]+[0-9]+g[a-z]*\./,
} as const;

/** Whether an instance type is of a kind, as a condition of Terraform. @param type an expression that is not null */
export const isOfTypes = (kind: keyof typeof INSTANCE_TYPES, type: string): string =>
  `can(regex(${terraformPattern(INSTANCE_TYPES[kind])}, ${type}))`;

/** The same of an expression. */
export const isOfTypesAtPlan = (kind: keyof typeof INSTANCE_TYPES, type: Expression): Expression =>
  hcl`can(regex(${written(terraformPattern(INSTANCE_TYPES[kind]))}, ${type}))`;

/**
 * Maximum size of a gp3 volume in GiB, by the letters and the size of an instance type: the largest of all generations (OpenSearch
 * Service Developer Guide, EBS volume size quotas).
 */
export const MAX_VOLUME_GIB: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  t: { small: 100, medium: 200 },
  c: {
    ...{ large: 256, xlarge: 512, "2xlarge": 1_024, "4xlarge": 1_536, "8xlarge": 3_072, "9xlarge": 3_584 },
    ...{ "12xlarge": 4_608, "16xlarge": 6_144, "18xlarge": 7_168 },
  },
  m: {
    ...{ medium: 512, large: 1_024, xlarge: 2_048, "2xlarge": 3_072, "4xlarge": 6_144, "8xlarge": 12_288 },
    ...{ "12xlarge": 18_432, "16xlarge": 24_576 },
  },
  r: {
    ...{ medium: 768, large: 2_048, xlarge: 3_072, "2xlarge": 6_144, "4xlarge": 12_288, "8xlarge": 16_384 },
    ...{ "12xlarge": 24_576, "16xlarge": 36_864 },
  },
  or: {
    ...{ medium: 768, large: 1_536, xlarge: 3_072, "2xlarge": 6_144, "4xlarge": 12_288, "8xlarge": 16_384 },
    ...{ "12xlarge": 24_576, "16xlarge": 36_864 },
  },
  om: {
    ...{ large: 768, xlarge: 2_048, "2xlarge": 3_072, "4xlarge": 6_144, "8xlarge": 12_288 },
    ...{ "12xlarge": 18_432, "16xlarge": 24_576 },
  },
};

/** Of OR1, OR2 and OM2 (the same page). */
export const MIN_OPTIMIZED_VOLUME_GIB = 20;

export const DEFAULT_VOLUME_GIB = 10;
/** What every gp3 volume has (Amazon EBS User Guide, General Purpose SSD volumes). */
export const BASELINE_IOPS = 3_000;
/** Larger ones, OpenSearch Service gives at least 250 MiB/s. Terraform would send what a smaller one had, which AWS refuses. */
export const LARGE_VOLUME_GIB = 170;
export const LARGE_VOLUME_THROUGHPUT_MIB = 250;
/** Each that a volume has begun is a volume of EBS of its own. */
export const VOLUME_OF_SEVERAL_GIB = 3_072;

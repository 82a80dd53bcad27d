import type { InputRule } from "../../inputs/rules";
import {
  BASELINE_IOPS,
  DEFAULT_VOLUME_GIB,
  INSTANCE_TYPES,
  isOfTypes,
  LARGE_VOLUME_GIB,
  LARGE_VOLUME_THROUGHPUT_MIB,
  MAX_VOLUME_GIB,
  MIN_OPTIMIZED_VOLUME_GIB,
  VOLUME_OF_SEVERAL_GIB,
} from "../instance-types";

/** Rules between the attributes of `search_domain` that are about volumes. AWS finds them when it makes or changes the domain. */

interface Volume {
  readonly instanceType: string;
  readonly volumeSizeGib: number | null;
  readonly volumeIops: number | null;
  readonly volumeThroughputMib: number | null;
}

const volumeOf = (value: unknown): Volume => Object(value);
const sizeOf = ({ volumeSizeGib }: Volume): number => volumeSizeGib ?? DEFAULT_VOLUME_GIB;
const sizeAtPlan = (domain: string): string => `coalesce(${domain}.volume_size_gib, ${DEFAULT_VOLUME_GIB})`;

const disks: InputRule = {
  about: ["instanceType", "volumeIops", "volumeSizeGib", "volumeThroughputMib"],
  allowed:
    "volume_size_gib, volume_iops and volume_throughput_mib null with an instance_type that has disks of its own, such as i4g and r7gd: " +
    "it takes no volume (OpenSearch Service Developer Guide, EBS volume size quotas)",
  accepts: (value) => {
    const { instanceType, volumeSizeGib, volumeIops, volumeThroughputMib } = volumeOf(value);
    const given = [volumeSizeGib, volumeIops, volumeThroughputMib].some((each) => each !== null);
    return !given || !INSTANCE_TYPES.withDisks.test(instanceType);
  },
  condition: (domain) => {
    const none = ["volume_size_gib", "volume_iops", "volume_throughput_mib"].map((name) => `${domain}.${name} == null`);
    return `(${none.join(" && ")}) || !${isOfTypes("withDisks", `${domain}.instance_type`)}`;
  },
};

const size: InputRule = {
  about: ["instanceType", "volumeSizeGib"],
  allowed:
    "a volume_size_gib that the instance_type takes: t3.small.search up to 100, t3.medium.search up to 200, r7g.large.search up to 1,536, " +
    `OR1, OR2 and OM2 from ${MIN_OPTIMIZED_VOLUME_GIB} (OpenSearch Service Developer Guide, EBS volume size quotas)`,
  accepts: (value) => {
    const volume = volumeOf(value);
    const [, letters = "", ofLetters = ""] = /^([a-z]+)[^.]*\.([a-z0-9]+)/.exec(volume.instanceType) ?? [];
    const isTooSmall =
      INSTANCE_TYPES.optimized.test(volume.instanceType) &&
      !INSTANCE_TYPES.withDisks.test(volume.instanceType) &&
      sizeOf(volume) < MIN_OPTIMIZED_VOLUME_GIB;
    return !isTooSmall && sizeOf(volume) <= (MAX_VOLUME_GIB[letters]?.[ofLetters] ?? Number.POSITIVE_INFINITY);
  },
  condition: (domain) => {
    const type = `${domain}.instance_type`;
    const isTooSmall = `${isOfTypes("optimized", type)} && !${isOfTypes("withDisks", type)} && ${sizeAtPlan(domain)} < ${MIN_OPTIMIZED_VOLUME_GIB}`;
    const maximum = `${mapOf(MAX_VOLUME_GIB)}[regex("^[a-z]+", ${type})][split(".", ${type})[1]]`;
    return `!(${isTooSmall}) && try(${sizeAtPlan(domain)} <= ${maximum}, true)`;
  },
};

/** As `terraform fmt` leaves it: JSON's colons are HCL, too, but it would put spaces around them. */
function mapOf(sizes: typeof MAX_VOLUME_GIB): string {
  const print = (members: Readonly<Record<string, string | number>>): string => {
    const entries = Object.entries(members).map(([key, value]) => `${JSON.stringify(key)} = ${value}`);
    return `{ ${entries.join(", ")} }`;
  };
  return print(Object.fromEntries(Object.entries(sizes).map(([letters, ofLetters]) => [letters, print(ofLetters)])));
}

const ebs = "Amazon EBS User Guide, General Purpose SSD volumes";

const iops: InputRule = {
  about: ["volumeIops", "volumeSizeGib"],
  allowed: `up to 500 volume_iops for each GiB, and up to 80,000 for each 3 TiB that the volume has begun (${ebs})`,
  accepts: (value) => {
    const volume = volumeOf(value);
    const gib = sizeOf(volume);
    return (volume.volumeIops ?? 0) <= Math.min(500 * gib, 80_000 * Math.ceil(gib / VOLUME_OF_SEVERAL_GIB));
  },
  condition: (domain) =>
    `coalesce(${domain}.volume_iops, 0) <= min(500 * ${sizeAtPlan(domain)}, 80000 * ceil(${sizeAtPlan(domain)} / ${VOLUME_OF_SEVERAL_GIB}))`,
};

const throughput: InputRule = {
  about: ["volumeIops", "volumeThroughputMib"],
  allowed: `a volume_throughput_mib of up to a quarter of volume_iops, which are ${BASELINE_IOPS.toLocaleString("en-US")} if they are null (${ebs})`,
  accepts: (value) => {
    const { volumeIops, volumeThroughputMib } = volumeOf(value);
    return (volumeThroughputMib ?? 0) * 4 <= (volumeIops ?? BASELINE_IOPS);
  },
  condition: (domain) =>
    `coalesce(${domain}.volume_throughput_mib, 0) * 4 <= coalesce(${domain}.volume_iops, ${BASELINE_IOPS})`,
};

const large: InputRule = {
  about: ["volumeIops", "volumeSizeGib", "volumeThroughputMib"],
  allowed:
    `a volume_throughput_mib of at least ${LARGE_VOLUME_THROUGHPUT_MIB} with more than ${LARGE_VOLUME_GIB} GiB, and with more than 1,024 GiB ` +
    "both it and volume_iops, at least 3 for each GiB and up to 16,000: AWS refuses less, some only after an hour",
  accepts: (value) => {
    const volume = volumeOf(value);
    const gib = sizeOf(volume);
    if (gib <= LARGE_VOLUME_GIB) return true;
    if (gib <= 1_024) return (volume.volumeThroughputMib ?? LARGE_VOLUME_THROUGHPUT_MIB) >= LARGE_VOLUME_THROUGHPUT_MIB;
    const { volumeIops, volumeThroughputMib } = volume;
    return (volumeThroughputMib ?? 0) >= LARGE_VOLUME_THROUGHPUT_MIB && (volumeIops ?? 0) >= Math.min(16_000, 3 * gib);
  },
  condition: (domain) => {
    const gib = sizeAtPlan(domain);
    const enough = (none: number) =>
      `coalesce(${domain}.volume_throughput_mib, ${none}) >= ${LARGE_VOLUME_THROUGHPUT_MIB}`;
    const both = `${enough(0)} && coalesce(${domain}.volume_iops, 0) >= min(16000, 3 * ${gib})`;
    return `${gib} <= ${LARGE_VOLUME_GIB} || (${gib} <= 1024 ? ${enough(LARGE_VOLUME_THROUGHPUT_MIB)} : ${both})`;
  },
};

export const volumeRules: readonly InputRule[] = [disks, size, iops, throughput, large];

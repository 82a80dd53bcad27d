import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";
import { DEFAULT_VOLUME_GIB, isOfTypesAtPlan, LARGE_VOLUME_GIB, LARGE_VOLUME_THROUGHPUT_MIB } from "./instance-types";

type Inputs = Pick<Values<typeof pipelineInputs>, "searchDomain">;

/** Whether the data nodes have volumes of EBS: types with disks of their own take none. */
export const haveVolumes = ({ searchDomain }: Inputs): Expression =>
  hcl`!${isOfTypesAtPlan("withDisks", searchDomain.instanceType)}`;

/** Size of the volume of each data node in GiB; null without one. */
export const volumeSizeGib = (inputs: Inputs): Expression =>
  hcl`${haveVolumes(inputs)} ? coalesce(${inputs.searchDomain.volumeSizeGib}, ${DEFAULT_VOLUME_GIB}) : null`;

/** The block `ebs_options`. */
export function ebsOptions(inputs: Inputs) {
  const { volumeSizeGib: size, volumeIops, volumeThroughputMib } = inputs.searchDomain;
  const isLarge = hcl`coalesce(${size}, ${DEFAULT_VOLUME_GIB}) > ${LARGE_VOLUME_GIB}`;
  const least = hcl`${isLarge} ? ${LARGE_VOLUME_THROUGHPUT_MIB} : null`;
  return {
    ebsEnabled: haveVolumes(inputs),
    volumeType: hcl`${haveVolumes(inputs)} ? "gp3" : null`.string,
    volumeSize: volumeSizeGib(inputs).number,
    iops: volumeIops.number,
    throughput: hcl`${volumeThroughputMib} != null ? ${volumeThroughputMib} : ${least}`.number,
  };
}

import { above, known } from "../../aws/alarm-threshold";
import type { Alarm } from "../../aws/alarms";
import { hcl } from "../../terraform/expression";
import type { Context } from "../context";
import { makesDomain } from "../own-domain";
import { haveVolumes, volumeSizeGib } from "../volumes";

/** Of a node with disks of its own, whose size is that of its type: AWS's recommendation where the size is not known. */
const WITHOUT_VOLUME_MIB = 20_480;

/**
 * The alarms of the domain that the pipeline makes, by AWS's recommendation (OpenSearch Service Developer Guide, Recommended CloudWatch
 * alarms for Amazon OpenSearch Service). An existing domain has alarms of its owner.
 */
export function domainAlarms({ inputs, account }: Context): Record<string, Alarm> {
  const { alarms } = inputs;
  const ofVolume = hcl`coalesce(${volumeSizeGib(inputs)}, 0) * 1024 * ${known(alarms.freeStoragePercent)} / 100`;
  const own = (metric: string, statistic: "Maximum" | "Minimum") => ({
    namespace: "AWS/ES",
    metric,
    dimensions: { DomainName: inputs.name, ClientId: account.id },
    statistic,
    // A domain always has values; without, it or its metrics have a problem.
    missing: "missing" as const,
    wanted: makesDomain(inputs),
  });
  return {
    domain_writes_blocked: {
      ...own("ClusterIndexWritesBlocked", "Maximum"),
      ...above(0, 1),
      description:
        "The domain blocks writes, for lack of storage or memory: no event is indexed, and the functions retry. Enlarge volume_size_gib or instance_type, or delete indices.",
    },
    domain_red: {
      ...own("ClusterStatus.red", "Maximum"),
      ...above(0, 1),
      description:
        "A primary shard is on no node: its index takes no events, and its documents are not found. GET _cluster/allocation/explain says why.",
    },
    domain_free_storage: {
      ...own("FreeStorageSpace", "Minimum"),
      comparison: "LessThanThreshold",
      threshold: hcl`${haveVolumes(inputs)} ? ${ofVolume} : ${WITHOUT_VOLUME_MIB}`,
      periods: 1,
      description:
        "A data node has little free storage, in MiB. Enlarge volume_size_gib or instance_type, or keep indices for a shorter time: the domain blocks writes when it is full.",
    },
    domain_jvm_memory_pressure: {
      ...own("JVMMemoryPressure", "Maximum"),
      ...above(known(alarms.jvmMemoryPressurePercent), 3),
      description:
        "The heap of a node is almost full: the domain will block writes or lose the node. Fewer shards (index_period, index), or a larger instance_type.",
    },
  };
}

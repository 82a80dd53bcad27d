import { archiveUsage } from "../model/archive";
import { timeOf } from "../model/functions";
import { logUsage } from "../model/logs";
import { resourceUsage } from "../model/resources";
import { streamUsage } from "../model/streams";
import { peakOf, trafficOf } from "../model/traffic";
import { GIB, MIB, SECONDS } from "../model/units";
import type { Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import type { Elsewhere } from "./way";

/** This module, with a stream of its own for each log group. */
export function ownStreams(deployment: Deployment, workload: Workload, groups: number): Elsewhere {
  const traffic = trafficOf(deployment, workload);
  const { gb, records } = peakOf(traffic, workload);
  const shards = Math.max(1, Math.ceil(Math.max((gb * GIB) / SECONDS / MIB, records / SECONDS / 1_000) / groups));
  const own = Array.from({ length: groups }, () => ({
    ...{ address: "", name: "", retentionHours: 24, isEncrypted: true, consumers: 0 },
    shards,
  }));
  const many = { ...deployment, streams: own };
  const manyTraffic = trafficOf(many, workload);
  const forwarder = deployment.functions.find(({ kind }) => kind === "forwarder");
  return {
    name: `this module, a stream for each of ${groups} log groups`,
    usage: [
      ...logUsage(many, manyTraffic, workload),
      ...streamUsage(many, manyTraffic, workload),
      ...(forwarder
        ? timeOf("functions", "forwarder", forwarder, manyTraffic.invocations, manyTraffic.functionSeconds)
        : []),
      ...archiveUsage(many, manyTraffic, workload),
      ...resourceUsage(many, workload),
    ],
    source: "this model",
    without: "shared indices and archive objects, whose number it raises, too",
  };
}

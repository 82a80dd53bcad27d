import type { DeployedFunction, Deployment } from "../plan/deployment";
import { cpuSeconds, forwardersOf, type MonthlyTraffic } from "./traffic";
import { DAYS, GIB, MIB } from "./units";
import { type Item, type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

/** Firehose hands a function this much at a time by default (Data Firehose Developer Guide, Transform source data: buffering). */
const TRANSFORM_BYTES = MIB;

/** What the forwarders, and the function that transforms records of Firehose, are invoked for. */
export function functionUsage(deployment: Deployment, traffic: MonthlyTraffic, workload: Workload): Usage[] {
  const forwarder = forwardersOf(deployment)[0];
  const transform = deployment.functions.find(({ kind }) => kind === "firehose-transform");
  const bytes = workload.firehoseGbPerDay * DAYS * GIB;
  return [
    ...(forwarder ? timeOf("functions", "forwarder", forwarder, traffic.invocations, traffic.functionSeconds) : []),
    ...(transform
      ? timeOf(
          "functions",
          "transform of Firehose",
          transform,
          bytes / TRANSFORM_BYTES,
          cpuSeconds(bytes / workload.lineBytes, transform, workload),
        )
      : []),
  ];
}

/** Invocations of a function, and their time. */
export function timeOf(
  item: Item,
  who: string,
  { memoryMib, isArm }: Pick<DeployedFunction, "memoryMib" | "isArm">,
  invocations: number,
  seconds: number,
): Usage[] {
  const usage = usagesOf(item);
  return [
    usage(`${who}, invocations`, "lambda_request_million", invocations / 1e6),
    usage(`${who}, time`, isArm ? "lambda_arm_gb_second" : "lambda_x86_gb_second", seconds * (memoryMib / 1_024)),
  ];
}

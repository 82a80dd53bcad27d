import type { DeployedFunction, FunctionKind } from "./deployment";
import type { Resource } from "./resources";
import { runsPerMonth } from "./schedules";
import { Attributes } from "./values";

/** Lambda's (Lambda API Reference, CreateFunction). */
const DEFAULT_MEMORY_MIB = 128;

/** A function, and how often a schedule of the same plan runs it. */
export function functionOf(resource: Resource, managed: readonly Resource[]): DeployedFunction {
  const attributes = Attributes.of(resource);
  const kind = kindOf(resource, managed);
  return {
    address: resource.address,
    name: attributes.text("function_name", resource.address),
    ...(kind !== undefined && { kind }),
    ...scheduleOf(resource, managed),
    memoryMib: attributes.number("memory_size", DEFAULT_MEMORY_MIB),
    isArm: attributes.list("architectures")[0] === "arm64",
    variables: attributes.block("environment").texts("variables"),
    isInVpc: attributes.has("vpc_config"),
  };
}

/** The module's schedule of the same name. */
function scheduleOf({ address }: Resource, managed: readonly Resource[]): Pick<DeployedFunction, "runsPerMonth"> {
  const schedule = managed.find(
    (each) => each.address === address.replace("aws_lambda_function.", "aws_scheduler_schedule."),
  );
  if (schedule === undefined) return {};
  const runs = runsPerMonth(Attributes.of(schedule).text("schedule_expression"));
  return runs === undefined ? {} : { runsPerMonth: runs };
}

/** By the addresses that this repository's modules give their resources. */
function kindOf({ address, name }: Resource, managed: readonly Resource[]): FunctionKind | undefined {
  const module = address.slice(0, address.lastIndexOf("aws_lambda_function."));
  const has = (type: string) =>
    managed.some((each) => each.type === type && each.address.startsWith(`${module}${type}.`));
  switch (name) {
    case "forwarder":
      return "forwarder";
    case "index_cleanup":
      return "index-cleanup";
    case "archive_compaction":
      return "archive-compaction";
    case "audit":
      return "audit";
    case "this":
      if (has("aws_kinesis_firehose_delivery_stream")) return "firehose-transform";
      return has("aws_sqs_queue") ? "access-logs" : undefined;
    default:
      return undefined;
  }
}

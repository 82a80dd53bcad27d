import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { createFunction } from "../aws/function";
import type { RoleWithPolicy } from "../aws/role";
import { type Expression, hcl } from "../terraform/expression";
import { Arns, attributeByKey } from "../terraform/instances";
import type { Context } from "./context";
import { functionEnvironment } from "./function-environment";
import { addVpc } from "./function-vpc";
import type { PipelineKey } from "./key";
import { EACH_LANE, type Lanes } from "./lanes";
import type { Streams } from "./sources";

export interface ForwarderProps {
  readonly lanes: Lanes;
  readonly streams: Streams;
  readonly key: PipelineKey;
  readonly role: RoleWithPolicy;
  readonly searchEndpoint: Expression;
  /** `LOG_GROUPS` of shared streams, by stream. */
  readonly exceptions: Expression;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The functions, by lane. */
export interface Forwarders {
  readonly names: Expression;
  readonly arns: Arns;
  readonly logGroupNames: Expression;
  /** IDs of the event source mappings. */
  readonly mappingIds: Expression;
}

/** A function for each stream, with its log group and the event source mapping that invokes it. */
export function createForwarders(context: Context, props: ForwarderProps): Forwarders {
  const { scope, inputs } = context;
  const { lanes, key, role, zipPath } = props;
  const name = hcl`each.value.name`;
  const functions = createFunction(scope, inputs, {
    ids: { logGroup: "forwarder_log_group", lambda: "forwarder_function" },
    repeated: () => ({ forEach: lanes.forEach }),
    name: name.string,
    logGroupName: `/aws/lambda/${name}`,
    description:
      hcl`format("Forwards %s %s to search and archive", each.value.log_group == null ? "stream" : "log group", substr(each.key, 0, 200))`
        .string,
    zipPath,
    memoryMib: hcl`each.value.function_memory_mib`.number,
    timeoutSeconds: hcl`each.value.function_timeout_seconds`.number,
    logRetentionInDays: inputs.functionLogRetentionInDays.number,
    reservedConcurrentExecutions: hcl`each.value.reserved_concurrent_executions`.number,
    kmsKeyArn: key.arn,
    role,
    variables: functionEnvironment(inputs, EACH_LANE, {
      exceptions: props.exceptions,
      searchEndpoint: props.searchEndpoint.string,
      archiveBucket: context.archiveBucket,
    }).map,
  });
  addVpc(functions, inputs);
  const arns = new Arns(scope, "function_arns", functions);
  const mappings = createEventSourceMappings(context, props, arns);
  return {
    names: attributeByKey(functions, "function_name"),
    arns,
    logGroupNames: hcl`{ for key, lane in ${lanes.byKey} : key => join("/", ["/aws/lambda", lane.name]) }`,
    mappingIds: attributeByKey(mappings, "uuid"),
  };
}

/** The longest MaximumRecordAgeInSeconds (Lambda API Reference, CreateEventSourceMapping). */
const SEVEN_DAYS_IN_SECONDS = 604_800;

function createEventSourceMappings(
  { scope, inputs, archiveBucketArn }: Context,
  { lanes, streams, role }: ForwarderProps,
  functionArns: Arns,
): LambdaEventSourceMapping {
  return new LambdaEventSourceMapping(scope, "event_source_mapping", {
    forEach: lanes.forEach,
    eventSourceArn: streams.arns.each,
    functionName: functionArns.each,
    startingPosition: "TRIM_HORIZON",
    batchSize: hcl`each.value.batch_size`.number,
    maximumBatchingWindowInSeconds: hcl`each.value.maximum_batching_window_in_seconds`.number,
    parallelizationFactor: hcl`each.value.parallelization_factor`.number,
    functionResponseTypes: ["ReportBatchItemFailures"],
    bisectBatchOnFunctionError: true,
    // The number of attempts is unlimited. An hour remains to write the records to the bucket before they expire.
    maximumRecordAgeInSeconds: hcl`min(${SEVEN_DAYS_IN_SECONDS}, (each.value.retention_hours - 1) * 3600)`.number,
    destinationConfig: { onFailure: { destinationArn: archiveBucketArn } },
    tags: inputs.tags.map,
    dependsOn: [role.policy],
  });
}

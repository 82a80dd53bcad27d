import type { LaneNode } from "../shared/page-state";
import type { AppliedResource } from "./applied-resources";
import type { LaneShape } from "./lane-shape";

type Values = AppliedResource["values"];

/** A delivery stream, into which applications put, and where Firehose delivers. */
export function firehoseLane({ address, values }: AppliedResource, resources: readonly AppliedResource[]): LaneShape {
  const search = block(values, "opensearch_configuration");
  const objects = search ? block(search, "s3_configuration") : block(values, "extended_s3_configuration");
  const functionArn = transformOf(search ?? objects);
  const transform = resources.find(
    ({ type, values }) =>
      type === "aws_lambda_function" && functionArn !== undefined && functionArn.startsWith(String(values.arn)),
  );
  const name = String(values.name);
  const index = search && String(search.index_name);
  const bucket = objects && String(objects.bucket_arn).split(":::").at(-1)!;
  const destinations: LaneNode[] = [
    ...(index === undefined ? [] : [{ kind: "index" as const, name: `${index}*` }]),
    ...(bucket === undefined ? [] : [{ kind: "bucket" as const, name: bucket }]),
  ];
  return {
    ...{ id: String(values.arn), kind: "Firehose", title: name, sources: [], logGroups: [], archivedAs: [] },
    stream: { kind: "delivery stream", name, address },
    ...(transform && {
      function: { kind: "function", name: String(transform.values.function_name), address: transform.address },
    }),
    ...{ destinations, isAlive: true },
    ...(bucket !== undefined && { objects: { bucket, prefix: fixedPart(String(objects!.prefix ?? "")) } }),
    ...(index !== undefined && { indexPattern: `${index}*` }),
  };
}

/** What comes before the time, and before what is taken from records. */
const fixedPart = (prefix: string): string => prefix.split("!{")[0]!;

/** ARN of the function that transforms records, with its version. */
function transformOf(destination: Values | undefined): string | undefined {
  const { processors = [] } = (destination && block(destination, "processing_configuration")) ?? {};
  const parameters = (processors as Values[]).flatMap(({ parameters = [] }) => parameters as Values[]);
  const found = parameters.find(({ parameter_name }) => parameter_name === "LambdaArn");
  return found && String(found.parameter_value);
}

/** A block that there is once at most is a list in a state. */
const block = (values: Values, name: string): Values | undefined => (values[name] as Values[] | undefined)?.[0];

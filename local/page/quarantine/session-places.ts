import { awsClients } from "../../aws/clients";
import type { Session } from "../../start/session";
import { appliedLanes, variablesOfFunction } from "../state/applied-lanes";
import { type AppliedResource, appliedStack } from "../state/applied-resources";
import type { QuarantinePlace } from "./place";
import type { QuarantineSources } from "./store";

/** Returns what a session has for quarantine, more with each step of the start. */
export function sessionQuarantine(session: Partial<Session>): () => Promise<QuarantineSources | undefined> {
  let known: { readonly url: string; readonly s3: QuarantineSources["s3"] } | undefined;
  return async () => {
    const { emulatorUrl, archive, pipeline, accessLogs, firehoseStacks = [] } = session;
    if (emulatorUrl === undefined || archive === undefined) return undefined;
    if (known?.url !== emulatorUrl) known = { url: emulatorUrl, s3: awsClients(emulatorUrl).s3 };
    const stacks = [accessLogs, ...firehoseStacks].filter((stack) => stack !== undefined);
    const applied = await Promise.all(stacks.map(({ directory }) => appliedStack(directory)));
    const resources = applied.flatMap((stack) => stack.resources);
    const { bucket, prefix } = archive;
    const ofArchive = { bucket, archivePrefix: prefix };
    // These hold records as they came, whose times are yet to be read.
    const timeFields = pipeline ? timeFieldsIn((await appliedStack(pipeline.directory)).resources) : new Map();
    return {
      s3: known.s3,
      places: [
        { ...ofArchive, kind: "rejected", prefix: `${prefix}rejected/` },
        { ...ofArchive, kind: "dead-letter", prefix: `${prefix}dead-letter/`, timeFields },
        // Lambda's on-failure destination has no prefix.
        { ...ofArchive, kind: "undelivered", prefix: "aws/lambda/", timeFields },
        ...appliedPlaces(resources),
      ],
    };
  };
}

/** Returns the time field of each stream that Terraform has applied with its function. */
export function timeFieldsIn(resources: readonly AppliedResource[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const lambdas = resources.filter(({ type }) => type === "aws_lambda_function");
  for (const { stream, function: invoked } of appliedLanes(resources)) {
    const lambda = lambdas.find(({ address }) => address === invoked?.address);
    if (stream.kind === "stream" && lambda) fields.set(stream.name, variablesOfFunction(lambda).TIME_FIELD ?? "");
  }
  return fields;
}

/** Returns the places of access logs and of Firehose that Terraform has applied. */
export function appliedPlaces(resources: readonly AppliedResource[]): QuarantinePlace[] {
  return resources.flatMap((resource) => {
    if (resource.type === "aws_lambda_function") return quarantineOf(resource);
    return resource.type === "aws_kinesis_firehose_delivery_stream" ? failedOf(resource.values) : [];
  });
}

function quarantineOf(lambda: AppliedResource): QuarantinePlace[] {
  const { QUARANTINE_BUCKET: bucket, QUARANTINE_PREFIX: archivePrefix = "", QUEUE_URL } = variablesOfFunction(lambda);
  if (bucket === undefined) return [];
  return [
    {
      ...{ kind: "access-logs", bucket, archivePrefix, prefix: `${archivePrefix}access-logs/` },
      ...(QUEUE_URL !== undefined && { queueUrl: QUEUE_URL }),
    },
  ];
}

function failedOf(values: AppliedResource["values"]): QuarantinePlace[] {
  const search = block(values, "opensearch_configuration");
  const objects = search ? block(search, "s3_configuration") : block(values, "extended_s3_configuration");
  if (!objects) return [];
  const errorPrefix = String(objects.error_output_prefix || objects.prefix || "");
  return [
    {
      kind: "firehose",
      bucket: String(objects.bucket_arn).split(":::").at(-1)!,
      // What changes with error and time begins there.
      prefix: errorPrefix.split("!{")[0]!,
      ...{ archivePrefix: "", deliveryStream: String(values.name) },
    },
  ];
}

/** A block that there is once at most is a list in a state. */
const block = (values: AppliedResource["values"], name: string): AppliedResource["values"] | undefined =>
  (values[name] as AppliedResource["values"][] | undefined)?.[0];

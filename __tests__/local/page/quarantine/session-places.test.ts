import { appliedPlaces, sessionQuarantine, timeFieldsIn } from "../../../../local/page/quarantine/session-places";

const resource = (type: string, values: object) => ({ address: "a", type, values: values as Record<string, unknown> });
const variables = (some: Record<string, string>) => ({ environment: [{ variables: some }] });

describe("appliedPlaces", () => {
  it("finds the quarantine of access logs and its queue, and what Firehose writes of failures", () => {
    expect(
      appliedPlaces([
        resource("aws_lambda_function", variables({ ARCHIVE_BUCKET: "archive" })),
        resource("aws_lambda_function", {}),
        resource(
          "aws_lambda_function",
          variables({ QUARANTINE_BUCKET: "q", QUARANTINE_PREFIX: "p/", QUEUE_URL: "http://q" }),
        ),
        resource("aws_kinesis_firehose_delivery_stream", {
          name: "search",
          opensearch_configuration: [
            {
              s3_configuration: [
                {
                  bucket_arn: "arn:aws:s3:::b",
                  error_output_prefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy}/",
                },
              ],
            },
          ],
        }),
        resource("aws_kinesis_firehose_delivery_stream", {
          ...{ name: "objects", extended_s3_configuration: [{ bucket_arn: "arn:aws:s3:::b", prefix: "raw/" }] },
        }),
        resource("aws_kinesis_firehose_delivery_stream", { name: "http", http_endpoint_configuration: [{}] }),
      ]),
    ).toEqual([
      { kind: "access-logs", bucket: "q", archivePrefix: "p/", prefix: "p/access-logs/", queueUrl: "http://q" },
      { kind: "firehose", bucket: "b", archivePrefix: "", prefix: "failed/", deliveryStream: "search" },
      { kind: "firehose", bucket: "b", archivePrefix: "", prefix: "raw/", deliveryStream: "objects" },
    ]);
  });
});

describe("timeFieldsIn", () => {
  it("finds the time field of each stream by its function", () => {
    const lane = (name: string, some: Record<string, string>) => [
      { ...resource("aws_kinesis_stream", { name, arn: `arn:${name}` }), address: `stream ${name}` },
      resource("aws_lambda_event_source_mapping", { event_source_arn: `arn:${name}`, function_arn: `arn:f-${name}` }),
      { ...resource("aws_lambda_function", { arn: `arn:f-${name}`, ...variables(some) }), address: `f ${name}` },
    ];
    const unconsumed = { ...resource("aws_kinesis_stream", { name: "c", arn: "arn:c" }), address: "stream c" };
    expect(timeFieldsIn([...lane("a", { TIME_FIELD: "at" }), ...lane("b", {}), unconsumed])).toEqual(
      new Map([
        ["a", "at"],
        ["b", ""],
      ]),
    );
  });
});

describe("sessionQuarantine", () => {
  it("has none until the archive is known, and then what the archive has", async () => {
    expect(await sessionQuarantine({ emulatorUrl: "http://127.0.0.1:1" })()).toBeUndefined();
    const archive = { bucket: "archive", prefix: "logs/" };
    const found = await sessionQuarantine({ emulatorUrl: "http://127.0.0.1:1", archive })();
    expect(found?.places.map(({ prefix }) => prefix)).toEqual(["logs/rejected/", "logs/dead-letter/", "aws/lambda/"]);
  });
});

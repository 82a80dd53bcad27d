import type { FirehoseClient } from "@aws-sdk/client-firehose";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { failureOf, failureRuleOf } from "../../../../packages/node-logger/src/services/failures";
import { firehoseService } from "../../../../packages/node-logger/src/services/firehose";
import { kinesisService } from "../../../../packages/node-logger/src/services/kinesis";

const { signal } = new AbortController();
const RECORDS = ["a", "b", "c"].map((text) => Buffer.from(text));
const THROTTLED = { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "slow down" };

describe("the service Kinesis", () => {
  it("puts records with random keys, and returns which were not taken", async () => {
    const inputs: { StreamName?: string; StreamARN?: string; Records: { PartitionKey: string }[] }[] = [];
    const client = {
      send: async ({ input }: { input: (typeof inputs)[number] }) => {
        inputs.push(input);
        return { Records: [{ SequenceNumber: "1" }, THROTTLED, {}] };
      },
    } as unknown as KinesisClient;
    const arn = "arn:aws:kinesis:eu-central-1:111111111111:stream/app";
    const failures = await kinesisService({ stream: "app", client }).put(RECORDS, signal);
    await kinesisService({ stream: arn, client }).put(RECORDS, signal);
    expect(failures).toMatchObject([undefined, { code: THROTTLED.ErrorCode }, { code: "NoResult" }]);
    expect(inputs).toMatchObject([{ StreamName: "app" }, { StreamARN: arn }]);
    const keys = inputs.flatMap((input) => input.Records.map(({ PartitionKey }) => PartitionKey));
    expect(new Set(keys).size).toBe(6);
    expect(keys.every((key) => /^[\da-f]{16}$/.test(key))).toBe(true);
  });
});

describe("the service Firehose", () => {
  it("puts records, and returns which were not taken", async () => {
    const client = {
      send: async () => ({
        RequestResponses: [{ RecordId: "1" }, { ErrorCode: "ServiceUnavailableException" }, { RecordId: "" }],
      }),
    } as unknown as FirehoseClient;
    const failures = await firehoseService({ deliveryStream: "app", client }).put(RECORDS, signal);
    expect(failures).toMatchObject([undefined, { code: "ServiceUnavailableException" }, { code: "NoResult" }]);
  });

  it.each([1, 2, 4])("has taken none of three records as far as anybody knows, if it has %d results", async (count) => {
    const RequestResponses = Array.from({ length: count }, () => ({ RecordId: "1" }));
    const client = { send: async () => ({ RequestResponses }) } as unknown as FirehoseClient;
    const failures = await firehoseService({ deliveryStream: "app", client }).put(RECORDS, signal);
    expect(failures).toMatchObject(RECORDS.map(() => ({ code: "NoResult" })));
  });
});

describe("a failure", () => {
  const thrown = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error("why"), { name, $metadata: { httpStatusCode } });

  it.each<[unknown, string, string]>([
    [thrown("ProvisionedThroughputExceededException", 400), "throttled", "retry"],
    [thrown("KMSThrottlingException", 400), "throttled", "retry"],
    [thrown("ThrottlingException", 400), "throttled", "retry"],
    [thrown("ResourceNotFoundException", 400), "not-found", "retry"],
    [thrown("AccessDeniedException", 400), "denied", "retry"],
    [thrown("KMSAccessDeniedException", 400), "denied", "retry"],
    [thrown("CredentialsProviderError"), "credentials", "retry"],
    [thrown("ExpiredTokenException", 400), "credentials", "retry"],
    [thrown("UnrecognizedClientException", 400), "credentials", "retry"],
    [thrown("InvalidArgumentException", 400), "refused", "alone"],
    [thrown("ValidationException", 400), "refused", "alone"],
    [thrown("UnknownError", 413), "network", "apart"],
    [thrown("RequestExpired", 400), "credentials", "retry"],
    [thrown("RequestTimeTooSkewed", 403), "credentials", "retry"],
    [thrown("InvalidSourceException", 400), "not-found", "retry"],
    [thrown("UnknownOperationException", 404), "network", "retry"],
    [thrown("Error", 407), "network", "retry"],
    [thrown("RequestTimeout", 408), "network", "retry"],
    [thrown("SyntaxError", 200), "network", "retry"],
    [thrown("Error", 400), "service", "retry"],
    // Firehose API Reference, "PutRecordBatch": limits may have been exceeded.
    [thrown("ServiceUnavailableException", 500), "throttled", "retry"],
    [thrown("ServiceUnavailable", 503), "service", "retry"],
    [new Error("Region is missing"), "region", "retry"],
    // A text of a service's decides nothing.
    [Object.assign(thrown("InternalFailure", 500), { message: "Region is missing" }), "service", "retry"],
    [thrown("InternalFailure", 500), "service", "retry"],
    [Object.assign(new Error("x"), { code: "ECONNRESET" }), "network", "retry"],
    [Object.assign(new Error("x"), { code: "MODULE_NOT_FOUND" }), "client", "retry"],
    [new Error("getaddrinfo"), "network", "retry"],
    [undefined, "network", "retry"],
    ["text", "network", "retry"],
  ])("is classified, so that what somebody can mend is sent again: %p", (error, kind, outcome) => {
    expect(failureRuleOf(failureOf(error))).toMatchObject({ kind, outcome });
  });
});

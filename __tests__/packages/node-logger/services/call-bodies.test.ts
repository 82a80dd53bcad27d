import { createHash } from "node:crypto";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { CallBodies } from "../../../../packages/node-logger/src/services/call-bodies";
import { firehoseService } from "../../../../packages/node-logger/src/services/firehose";
import { kinesisService } from "../../../../packages/node-logger/src/services/kinesis";

const { signal } = new AbortController();
/** Of each length modulo 3, one of no bytes, and one within a larger buffer. */
const RECORDS = ["a", "bc", "def", "", "ghij\u{1F600}"].map((text) => Buffer.from(` ${text}`).subarray(1));

interface SentRequest {
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** How a client of the SDK's is made, and what it would have sent. */
function prepare(answer: object) {
  const requests: SentRequest[] = [];
  const response = { statusCode: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) };
  const requestHandler = {
    handle: async (request: SentRequest) => {
      requests.push(request);
      return { response };
    },
  };
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  return { requests, config: { region: "eu-central-1", credentials, requestHandler: requestHandler as never } };
}

/** The SDK warns of its own bodies being taken for texts. */
const bytesOf = ({ body }: SentRequest) =>
  typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

const inputIn = (request: SentRequest) => JSON.parse(bytesOf(request).toString()) as { Records: object[] };
const withoutKeys = (input: { Records: object[] }) => ({
  ...input,
  Records: input.Records.map((record) => ({ ...record, PartitionKey: undefined })),
});

describe("the body of a call", () => {
  const taken = RECORDS.map(() => ({ SequenceNumber: "1", RecordId: "1" }));

  it.each([
    ["Kinesis", "PutRecords"],
    ["Firehose", "PutRecordBatch"],
  ])("of %s is what the SDK would have written, from the second call on", async (name) => {
    const { requests, config } = prepare({ Records: taken, RequestResponses: taken });
    const service =
      name === "Kinesis"
        ? kinesisService({ stream: "app", client: new KinesisClient(config) })
        : firehoseService({ deliveryStream: "app", client: new FirehoseClient(config) });
    for (let i = 0; i < 3; i++) expect(await service.put(RECORDS, signal)).toEqual(RECORDS.map(() => undefined));
    const [bySdk, second, third] = requests.map(inputIn);
    expect(bySdk!.Records).toHaveLength(RECORDS.length);
    expect(withoutKeys(second!)).toEqual(withoutKeys(bySdk!));
    expect(withoutKeys(third!)).toEqual(withoutKeys(bySdk!));
    // The SDK's serializer had nothing to do, and its signer has signed the body.
    expect(requests.map(({ body }) => Buffer.isBuffer(body))).toEqual([false, true, true]);
    for (const request of requests) {
      const { headers } = request;
      const bytes = bytesOf(request);
      expect(headers["x-amz-content-sha256"]).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(headers["content-length"]).toBe(String(bytes.length));
      expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-amz-content-sha256/);
    }
  });

  it("of Kinesis has a key of its own for each record", async () => {
    const { requests, config } = prepare({ Records: taken });
    const service = kinesisService({ stream: "app", client: new KinesisClient(config) });
    for (let i = 0; i < 2; i++) await service.put(RECORDS, signal);
    const keys = inputIn(requests[1]!).Records.map((record) => (record as { PartitionKey: string }).PartitionKey);
    expect(new Set(keys).size).toBe(RECORDS.length);
    expect(keys.every((key) => /^[\da-f]{16}$/.test(key))).toBe(true);
  });

  it("is left to an SDK that speaks another protocol of the service", async () => {
    const bodies = new CallBodies();
    const inputs: object[] = [];
    const call = async (type: string) => {
      const steps: Record<string, (next: unknown) => (args: object) => Promise<unknown>> = {};
      const add = (middleware: (typeof steps)[string], { step }: { step: string }) => {
        steps[step] = middleware;
      };
      bodies.prepare({ middlewareStack: { add } }, () => Buffer.from("by this library"));
      const request = { headers: { "content-type": type }, body: "by the SDK" };
      const build = steps.build!(async () => request.body);
      const initialize = steps.initialize!(({ input }: { input: object }) => {
        inputs.push(input);
        return build({ input, request });
      });
      return String(await initialize({ input: { Records: [1] } }));
    };
    expect(await call("application/cbor")).toBe("by the SDK");
    expect(await call("application/cbor")).toBe("by the SDK");
    expect(inputs).toEqual([{ Records: [1] }, { Records: [1] }]);
    expect(await call("application/x-amz-json-1.1")).toBe("by the SDK");
    expect(await call("application/x-amz-json-1.1")).toBe("by this library");
    expect(inputs.at(-1)).toEqual({ Records: [] });
  });
});

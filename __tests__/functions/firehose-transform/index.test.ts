import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invoke, unzipInto, zipOf } from "../../support/function-zip";

/** Source: Lambda Developer Guide, "Process Amazon Data Firehose records with Lambda", as it stands there. */
const SAMPLE = {
  invocationId: "invoked123",
  deliveryStreamArn: "aws:lambda:events",
  region: "us-west-2",
  records: [
    {
      data: "SGVsbG8gV29ybGQ=",
      recordId: "record1",
      approximateArrivalTimestamp: 1510772160000,
      kinesisRecordMetadata: {
        shardId: "shardId-000000000000",
        partitionKey: "4d1ad2b9-24f8-4b9d-a088-76e9947c317a",
        approximateArrivalTimestamp: "2012-04-23T18:25:43.511Z",
        sequenceNumber: "49546986683135544286507457936321625675700192471156785154",
        subsequenceNumber: "",
      },
    },
    {
      data: "SGVsbG8gV29ybGQ=",
      recordId: "record2",
      approximateArrivalTimestamp: 151077216000,
      kinesisRecordMetadata: {
        shardId: "shardId-000000000001",
        partitionKey: "4d1ad2b9-24f8-4b9d-a088-76e9947c318a",
        approximateArrivalTimestamp: "2012-04-23T19:25:43.511Z",
        sequenceNumber: "49546986683135544286507457936321625675700192471156785155",
        subsequenceNumber: "",
      },
    },
  ],
};

describe("the built zip's handler", () => {
  const folder = mkdtempSync(join(tmpdir(), "firehose-transform-"));

  beforeAll(() => unzipInto(folder, zipOf("firehose-transform")));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("transforms AWS's sample event, without any variable, and logs its line", async () => {
    const { exitCode, lines, stderr } = await invoke(folder, {}, SAMPLE);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [line, response] = lines.map((each) => JSON.parse(each));
    expect(line).toMatchObject({ Records: 2, Events: 2, FailedRecords: 0, ReceivedBytes: 22 });
    expect(response.records).toEqual(
      ["record1", "record2"].map((recordId) => ({ recordId, result: "Ok", data: expect.any(String) })),
    );
    const documents = response.records.map(({ data }: { data: string }) =>
      JSON.parse(Buffer.from(data, "base64").toString()),
    );
    expect(documents).toEqual([
      expect.objectContaining({ "@timestamp": "2017-11-15T18:56:00.000Z", message: "Hello World" }),
      expect.objectContaining({ "@timestamp": "1974-10-15T13:53:36.000Z", message: "Hello World" }),
    ]);
    expect(documents[0].event.id).toBe(documents[1].event.id);
  });

  it("does not start with an environment that is wrong, and says what is", async () => {
    const { exitCode, stderr } = await invoke(folder, { DESTINATION: "splunk", RULES: "[" }, SAMPLE);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/DESTINATION.*search or s3/s);
    expect(stderr).toContain("RULES");
  });
});

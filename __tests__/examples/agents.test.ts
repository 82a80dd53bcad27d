import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forward } from "../../functions/forwarder/forward";
import { FIRELENS_RECORDS, FLUENT_BIT_RECORDS, KINESIS_AGENT_RECORDS, LOG4J2_RECORD } from "../support/agent-records";
import { prepareForwarding } from "../support/forwarding";
import { kinesisEvent } from "../support/kinesis";

const AGENTS = join(__dirname, "..", "..", "examples", "agents");

async function documentsOf(records: string[]): Promise<Record<string, unknown>[]> {
  const { engine, io } = prepareForwarding();
  expect(await forward(kinesisEvent(...records.map((record) => Buffer.from(record))), io)).toEqual({
    batchItemFailures: [],
  });
  return [...engine.documents.values()];
}

const messagesOf = async (records: string[]) => (await documentsOf(records)).map(({ message }) => message).sort();

describe("the forwarder makes of an agent's records", () => {
  it("documents with the line's text as message, from Fluent Bit", async () => {
    expect(await messagesOf(FLUENT_BIT_RECORDS)).toEqual(
      ["json line", "plain line", "second", 'ünï — \u{1F600} "quoted"'].sort(),
    );
  });

  it("one document of a line with an event.id that Fluent Bit sends again because another record failed, and two of one without", async () => {
    const [, ...acceptedAtFirst] = FLUENT_BIT_RECORDS;
    const messages = await messagesOf([...acceptedAtFirst, ...FLUENT_BIT_RECORDS]);
    const text = 'ünï — \u{1F600} "quoted"';
    expect(messages).toEqual(["json line", "plain line", "second", text, text].sort());
  });

  it("documents with the container's fields, from FireLens", async () => {
    const [json, text] = await documentsOf([...FIRELENS_RECORDS, FIRELENS_RECORDS[0]!]);
    expect(json).toMatchObject({ message: "from a container", container_name: "/ecs-shop-1-app", source: "stdout" });
    expect(text).toMatchObject({ message: "Traceback (most recent call last):", ecs_cluster: "main" });
    expect(await documentsOf([...FIRELENS_RECORDS, FIRELENS_RECORDS[0]!])).toHaveLength(2);
  });

  it("one document of a line of Log4j 2 that is put twice", async () => {
    expect(await messagesOf([LOG4J2_RECORD, LOG4J2_RECORD])).toEqual(["order 199 paid"]);
  });

  it("a document of each line, from Kinesis Agent", async () => {
    expect(await messagesOf(KINESIS_AGENT_RECORDS)).toEqual(
      [
        ...["plain line", "json line", "ünï — 😀"],
        ...["2026-11-27 10:00:00 ERROR failed", "java.lang.IllegalStateException: closed"],
        ...["\tat example.Shop.main(Shop.java:13)", "2026-11-27 10:00:01 INFO next", "2026-11-27 10:00:02 INFO last"],
      ].sort(),
    );
  });
});

const read = (...path: string[]) => readFileSync(join(AGENTS, ...path), "utf8");

describe("the agents' configurations", () => {
  it("have no option that Kinesis Agent does not document", () => {
    // Source: "Write to Amazon Kinesis Data Streams using Kinesis Agent", Kinesis Data Streams Developer Guide.
    const general = ["assumeRoleARN", "assumeRoleExternalId", "awsAccessKeyId", "awsSecretAccessKey"];
    const endpoints = ["cloudwatch.emitMetrics", "cloudwatch.endpoint", "kinesis.endpoint", "flows"];
    const buffers = ["maxBufferAgeMillis", "maxBufferSizeBytes", "maxBufferSizeRecords"];
    const files = ["filePattern", "initialPosition", "multiLineStartPattern", "skipHeaderLines"];
    const rest = ["minTimeBetweenFilePollsMillis", "truncatedRecordTerminator", "dataProcessingOptions"];
    const flow = [...buffers, ...files, ...rest, "kinesisStream", "partitionKeyOption"];
    const agent = JSON.parse(read("kinesis-agent", "agent.json"));
    expect([...general, ...endpoints]).toEqual(expect.arrayContaining(Object.keys(agent)));
    for (const one of agent.flows) {
      expect(flow).toEqual(expect.arrayContaining(Object.keys(one)));
      expect(one.maxBufferAgeMillis).toBeGreaterThanOrEqual(1000);
    }
  });

  it("route an ECS task's container to a log router beside it", () => {
    const { containerDefinitions } = JSON.parse(read("fluent-bit", "firelens-task-definition.json"));
    const [router, app] = containerDefinitions;
    expect(router.firelensConfiguration.type).toBe("fluentbit");
    expect(app.logConfiguration).toMatchObject({ logDriver: "awsfirelens", options: { Name: "kinesis_streams" } });
  });
});

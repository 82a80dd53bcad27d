import { gunzipSync } from "node:zlib";
import { lineJoining } from "../../../core/messages/joining";
import { RuleSet } from "../../../core/rules/rule-set";
import { type ForwardSettings, forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { documentIdOf, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";

const LINES = ["1 failed", "\tat a.B", "2 done", "3 failed", "\tat c.D"];
const given = envelope(LINES.map((message, i) => logEvent(i + 1, message)));

async function forwarded(settings: Partial<ForwardSettings> = {}, rejectedMessage?: string, record: unknown = given) {
  const forwarding = prepareForwarding({ joining: lineJoining("^\\d"), ...settings });
  forwarding.engine.reject = ({ document }) =>
    document.message === rejectedMessage
      ? ({ status: 400, type: "mapper_parsing_exception", reason: "no" } as never)
      : undefined;
  const response = await forward(kinesisEvent(record), forwarding.io);
  expect(response).toEqual({ batchItemFailures: [] });
  const objects = [...forwarding.bucket.objects].map(([key, body]) => [key, gunzipSync(body).toString()] as const);
  return { ...forwarding, objects, line: forwarding.lines[0]! };
}

const inIndex = (n: number) => `cwl-foo-2026.11.21/${documentIdOf(n)}`;

const objectUnder = (objects: readonly (readonly [string, string])[], prefix: string) =>
  JSON.parse(objects.find(([key]) => key.startsWith(prefix))![1]);

describe("forward, messages of several lines", () => {
  it("indexes a joined event once, under its first id and with its number, and archives the events as they came", async () => {
    const { engine, objects, line } = await forwarded();
    const documents = [...engine.documents].map(([id, { message, aws }]) => [id, message, aws]);
    const aws = (count?: number) => ({
      cloudwatch: { log_group: "foo", log_stream: "stream-1", ...(count && { event_count: count }) },
    });
    expect(documents).toEqual([
      [inIndex(1), "1 failed\n\tat a.B", aws(2)],
      [inIndex(3), "2 done", aws()],
      [inIndex(4), "3 failed\n\tat c.D", aws(2)],
    ]);
    expect(objectUnder(objects, "archive/")).toEqual(given);
    expect(line).toMatchObject({ Events: 3, JoinedEvents: 2, UnprocessedRecords: 0 });
  });

  it("lets rules see the joined event", async () => {
    const rules = new RuleSet([
      { action: "drop", condition: { field: "message", pattern: "c\\.D" }, rate: 0 },
      { action: "redact", pattern: "d\n\tat" },
    ]);
    const { engine, objects, line } = await forwarded({ rules, archiveContent: "redacted" });
    expect([...engine.documents.values()].map(({ message }) => message)).toEqual(["1 faile[REDACTED] a.B", "2 done"]);
    expect(line).toMatchObject({ Events: 2, JoinedEvents: 2, DroppedEvents: 1, RedactedEvents: 2, FailedRules: 0 });
    expect(objectUnder(objects, "archive/").logEvents).toEqual([
      { ...logEvent(1), message: "1 faile[REDACTED] a.B", eventCount: 2 },
      logEvent(3, "2 done"),
      { ...logEvent(4), message: "3 faile[REDACTED] c.D", eventCount: 2 },
    ]);
  });

  it("keeps a rejected event joined, and a replay of it finds the same document", async () => {
    const message = "3 failed\n\tat c.D";
    const { engine, objects, line } = await forwarded({}, message);
    expect(engine.documents.size).toBe(2);
    expect(line).toMatchObject({ Events: 3, RejectedEvents: 1 });
    const rejected = objectUnder(objects, "rejected/");
    expect(rejected.logEvents).toEqual([{ ...logEvent(4), message, eventCount: 2 }]);
    for (const joining of [lineJoining("^\\d"), undefined]) {
      const replayed = await forwarded({ joining }, undefined, rejected);
      expect([...replayed.engine.documents]).toEqual([
        [
          inIndex(4),
          expect.objectContaining({ message, aws: { cloudwatch: expect.objectContaining({ event_count: 2 }) } }),
        ],
      ]);
    }
  });

  it("takes no number of events from a record that cannot be one", async () => {
    for (const eventCount of [1, 0, -1, 1.5, 1001, "2", null, {}]) {
      const record = {
        ...given,
        logEvents: [{ id: eventId(1), timestamp: given.logEvents[0]!.timestamp, message: "a", eventCount }],
      };
      const { engine } = await forwarded({}, undefined, record);
      expect(JSON.stringify([...engine.documents.values()])).not.toContain("event_count");
    }
  });

  it("joins each envelope of a record by itself", async () => {
    const other = envelope([logEvent(6, "\tat e.F")], { logStream: "stream-2" });
    const several = Buffer.from(`${JSON.stringify(given)}\n${JSON.stringify(other)}`);
    const { engine, line } = await forwarded({}, undefined, several);
    expect([...engine.documents.keys()]).toEqual([1, 3, 4, 6].map((n) => inIndex(n)));
    expect(line).toMatchObject({ Events: 4, JoinedEvents: 2 });
  });
});

import { gunzipSync } from "node:zlib";
import { FAILED_MESSAGE, RuleSet } from "../../../core/rules/rule-set";
import { isSampled } from "../../../core/rules/selection";
import { type EventRule, parseRules } from "../../../core/settings/rules";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { documentIdOf, envelope, kinesisEvent, logEvent } from "../../support/kinesis";

function rulesOf(...rules: unknown[]): readonly EventRule[] {
  const parsed = parseRules(JSON.stringify(rules));
  expect(parsed.errors).toEqual([]);
  return parsed.rules!;
}

async function forwarded(
  messages: string[],
  rules: unknown[],
  archiveContent: "raw" | "redacted" = "raw",
  reject = false,
) {
  const forwarding = prepareForwarding({ rules: new RuleSet(rulesOf(...rules)), archiveContent });
  if (reject) forwarding.engine.reject = () => ({ type: "mapper_parsing_exception", reason: "no" }) as never;
  const event = kinesisEvent(envelope(messages.map((message, i) => logEvent(i + 1, message))));
  const response = await forward(event, forwarding.io);
  const objects = [...forwarding.bucket.objects].map(([key, body]) => [key, gunzipSync(body).toString()] as const);
  const indexed = [...forwarding.engine.documents.values()].map(({ message }) => message);
  return { ...forwarding, response, objects, indexed, line: forwarding.lines[0]! };
}

describe("forward, events under rules", () => {
  it("indexes no dropped event, archives it, and counts it", async () => {
    const { indexed, objects, line, response } = await forwarded(
      ['{"level":"debug","message":"a"}', '{"level":"info","message":"b"}', "c"],
      [{ action: "drop", field: "level", values: ["debug"] }],
    );
    expect(indexed).toEqual(["b", "c"]);
    expect(objects[0]![1]).toContain("debug");
    expect(line).toMatchObject({ Events: 2, DroppedEvents: 1, SampledOutEvents: 0, RedactedEvents: 0, FailedRules: 0 });
    expect(response).toEqual({ batchItemFailures: [] });
  });

  it("acknowledges a record of which every event is dropped", async () => {
    const { indexed, objects, line, response } = await forwarded(["a", "b"], [{ action: "drop" }]);
    expect([indexed, objects.length, response]).toEqual([[], 1, { batchItemFailures: [] }]);
    expect(line).toMatchObject({ Events: 0, DroppedEvents: 2 });
  });

  it("lets the first rule that applies decide, and indexes with a keep nothing else", async () => {
    const rules = [
      { action: "keep", field: "level", values: ["error"] },
      { action: "drop", pattern: "health" },
      { action: "keep", field: "path", pattern: "^/pay" },
    ];
    const messages = [
      '{"level":"error","message":"health"}',
      '{"path":"/pay","message":"m"}',
      '{"path":"/pay/health"}',
      "x",
    ];
    expect((await forwarded(messages, rules)).indexed).toEqual(["health", "m"]);
  });

  it("samples by the documents' ids: the same ones at each delivery, and near the rate", async () => {
    const messages = Array.from({ length: 400 }, (_, i) => `m${i + 1}`);
    const { indexed, line } = await forwarded(messages, [{ action: "sample", rate: 0.25 }]);
    expect(indexed).toEqual(messages.filter((_, i) => isSampled(documentIdOf(i + 1), 0.25)));
    expect(indexed.length).toBeGreaterThan(60);
    expect(indexed.length).toBeLessThan(140);
    expect(line.SampledOutEvents).toBe(400 - indexed.length);
  });

  it("never lets a message choose the log group that a rule sees", async () => {
    const rules = [{ action: "drop", field: "aws.cloudwatch.log_group", values: ["bar"] }];
    expect((await forwarded(['{"aws":{"cloudwatch":{"log_group":"bar"}},"message":"m"}'], rules)).indexed).toEqual([
      "m",
    ]);
    expect(
      (await forwarded(["m"], [{ action: "drop", field: "aws.cloudwatch.log_group", values: ["foo"] }])).indexed,
    ).toEqual([]);
  });

  it("redacts index, rejected events and, if it should, the archive", async () => {
    const messages = ["drop me joe@example.com", "joe@example.com", '{"to":"joe\\u0040example.com"}'];
    const rules = [
      { action: "redact", what: ["email"] },
      { action: "drop", pattern: "^drop" },
    ];
    const raw = await forwarded(messages, rules);
    expect(JSON.stringify([...raw.engine.documents])).not.toContain("example.com");
    expect(raw.objects[0]![1]).toContain("joe@example.com");
    expect(raw.line).toMatchObject({ RedactedEvents: 3, DroppedEvents: 1 });
    const redacted = await forwarded(messages, rules, "redacted");
    expect(redacted.objects[0]![1]).not.toContain("example.com");
    expect(redacted.objects[0]![1]).toContain("drop me [REDACTED]");
  });

  it("keeps rejected events by their places among those that are indexed, and redacted", async () => {
    const forwarding = prepareForwarding({
      rules: new RuleSet(rulesOf({ action: "drop", pattern: "a" }, { action: "redact", what: ["email"] })),
    });
    forwarding.engine.reject = ({ document }) =>
      String(document.message).startsWith("c")
        ? ({ status: 400, type: "mapper_parsing_exception", reason: "no" } as never)
        : undefined;
    await forward(
      kinesisEvent(envelope([logEvent(1, "a"), logEvent(2, "b"), logEvent(3, "c joe@x.de")])),
      forwarding.io,
    );
    const rejected = [...forwarding.bucket.objects].filter(([key]) => key.startsWith("rejected/"));
    expect(rejected.map(([, body]) => JSON.parse(gunzipSync(body).toString()).logEvents)).toEqual([
      [expect.objectContaining({ message: "c [REDACTED]" })],
    ]);
  });

  it("keeps nothing of a message whose redaction fails", () => {
    const rules = new RuleSet(rulesOf({ action: "redact", field: "a" }));
    const throwing = () => {
      throw new Error("a parser's mistake");
    };
    const { indexed, counts } = rules.apply(envelope([logEvent(1, "secret")]) as never, throwing);
    expect(indexed.logEvents.map(({ message }) => message)).toEqual([FAILED_MESSAGE]);
    expect(counts).toMatchObject({ redacted: 1, failed: 1 });
  });

  it("refuses a pattern that RE2 does not take, with the pattern", () => {
    expect(() => new RuleSet(rulesOf({ action: "drop", pattern: "(?=a)" }))).toThrow('"(?=a)": error parsing regexp');
  });
});

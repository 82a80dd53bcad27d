import { lineJoining } from "../../../core/messages/joining";
import { MetricSet } from "../../../core/rules/metrics/metric-set";
import { RuleSet } from "../../../core/rules/rule-set";
import { parseMetrics } from "../../../core/settings/event-metrics";
import { type ForwardSettings, forward } from "../../../functions/forwarder/forward";
import { embeddedMetrics } from "../../../local/lambda/embedded-metrics";
import { prepareForwarding } from "../../support/forwarding";
import { ARRIVAL, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { QUEUE_FULL } from "../../support/search-engine";

const setOf = (metrics: unknown) => new MetricSet(parseMetrics(JSON.stringify(metrics)).metrics!);

const ERRORS = { where: [{ field: "level", values: ["error"] }] };
const foo = (...messages: string[]) => envelope(messages.map((message, i) => logEvent(i + 1, message)));
const json = (members: object) => JSON.stringify(members);

function prepare(metrics: unknown, settings: Partial<ForwardSettings> = {}) {
  const forwarding = prepareForwarding({ metrics: setOf(metrics), metricsNamespace: "logs", ...settings });
  /** What CloudWatch makes of the lines since the last call, but for the function's own metrics. */
  const taken = () => {
    const lines = forwarding.lines.splice(0);
    const own = lines.find((line) => "Records" in line);
    const metrics = lines
      .filter((line) => line !== own)
      .flatMap((line) => embeddedMetrics(JSON.stringify(line)))
      .map(({ namespace, datum: { MetricName, Unit, Dimensions, Values, Counts, Timestamp } }) => {
        expect([namespace, Timestamp]).toEqual(["logs", new Date(ARRIVAL + forwarding.clock.nowMs)]);
        const dimensions = Object.fromEntries(Dimensions!.map(({ Name, Value }) => [Name, Value]));
        return [MetricName, Unit, dimensions, Values!.flatMap((value, i) => Array(Counts![i]).fill(value))];
      });
    return { own, metrics };
  };
  return { ...forwarding, taken };
}

describe("forward, metrics of events", () => {
  it("counts events that fulfil all conditions, and says that there was none", async () => {
    const { io, taken } = prepare({
      errors: { where: [...ERRORS.where, { pattern: "pay" }] },
      warnings: { where: [{ field: "level", values: ["warn"] }] },
    });
    const events = [
      { level: "error", message: "pay" },
      { level: "error", message: "else" },
      { level: "info", message: "pay" },
      { level: "error", message: "payment" },
    ];
    await forward(kinesisEvent(foo(...events.map(json)), foo("error pay")), io);
    expect(taken().metrics).toEqual([
      ["errors", "Count", {}, [2]],
      ["warnings", "Count", {}, [0]],
    ]);
  });

  it("has each number, in lines of 100, so that percentiles are those of the events", async () => {
    const { io, taken, lines } = prepare({ latency: { value: "took", unit: "Milliseconds" } });
    const events = Array.from({ length: 250 }, (_, i) => json({ took: i % 7 === 0 ? String(i) : i }));
    await forward(kinesisEvent(foo(...events)), io);
    expect(lines.map((line) => (line.latency as number[] | undefined)?.length)).toEqual([100, 100, 50, undefined]);
    const { metrics } = taken();
    expect(metrics.flatMap(([, , , values]) => values)).toEqual(events.map((_, i) => i));
    expect(new Set(metrics.map(([name, unit]) => `${name} ${unit}`))).toEqual(new Set(["latency Milliseconds"]));
  });

  it("counts no event whose value is no number that CloudWatch takes, and warns of those that have another text", async () => {
    const { io, taken, engine } = prepare({ size: { value: "size" } });
    const texts = ["1e400", "12ms", "NaN", "", "Infinity", "-1e200", "0x10", "9".repeat(9_999), " 1", "1e99"];
    const messages = [...texts.map((size) => json({ size })), '{"size":1e400}', '{"size":null}', "{}", "text"];
    messages.push('{"size":[true,2.5]}', '{"size":-0}', '{"size":1e-300}');
    expect(await forward(kinesisEvent(foo(...messages)), io)).toEqual({ batchItemFailures: [] });
    const { own, metrics } = taken();
    expect(metrics).toEqual([["size", "None", {}, [1e99, 2.5, 0, 0]]]);
    expect(own!.warnings).toEqual(["size: 11 events have no number in size"]);
    expect(engine.documents.size).toBe(messages.length);
  });

  it("counts what rules leave out of the index, each joined event once, and no dimension has what is redacted", async () => {
    const metrics = {
      lines: { where: [{ pattern: "." }], dimensions: { who: { field: "user" } } },
      health: { where: [{ pattern: "health" }] },
    };
    const rules = new RuleSet([
      { action: "drop", condition: { field: "message", pattern: "health" }, rate: 0 },
      { action: "sample", rate: 0 },
      { action: "redact", what: ["email"] },
    ]);
    const { io, taken, engine } = prepare(metrics, { joining: lineJoining("^\\S"), rules });
    await forward(kinesisEvent(foo('{"user":"joe@example.com"}', "a health", "  check", "  check", "b")), io);
    expect(engine.documents.size).toBe(0);
    expect(taken().metrics).toEqual([
      ["lines", "Count", { who: "[REDACTED]" }, [1]],
      ["lines", "Count", { who: "none" }, [2]],
      ["health", "Count", {}, [1]],
    ]);
  });

  it("counts the events of acknowledged records alone, so that a retry counts the others, and each once", async () => {
    const { io, taken, engine } = prepare({ errors: ERRORS });
    const error = json({ level: "error" });
    const records = [1, 2, 3].map((n) => envelope([logEvent(n, error)]));
    engine.reject = ({ id }) => (id === eventId(2) ? QUEUE_FULL : undefined);
    const event = kinesisEvent(...records);
    const { batchItemFailures } = await forward(event, io);
    expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[1]!.kinesis.sequenceNumber }]);
    expect(taken().metrics).toEqual([["errors", "Count", {}, [1]]]);
    engine.reject = () => undefined;
    await forward({ Records: event.Records.slice(1) }, io);
    expect(taken().metrics).toEqual([["errors", "Count", {}, [2]]]);
  });

  it("counts nothing of a batch that fails", async () => {
    const { io, taken, bucket } = prepare({ errors: ERRORS });
    bucket.answers.push({ status: 403, body: "<Error><Code>AccessDenied</Code></Error>" });
    await expect(forward(kinesisEvent(foo(json({ level: "error" }))), io)).rejects.toThrow("AccessDenied");
    expect(taken().metrics).toEqual([]);
  });

  it("counts no event that a replay brings again", async () => {
    const { io, taken, engine } = prepare({ errors: ERRORS });
    const event = kinesisEvent(foo(json({ level: "error" })));
    event.Records[0]!.kinesis.partitionKey = `replay:${"0".repeat(32)}`;
    await forward(event, io);
    expect([taken().metrics, engine.documents.size]).toEqual([[], 1]);
  });

  it("counts by log group, where some share a function, and reports of those alone that had events", async () => {
    const byLogGroup = new Map([
      ["own", { metrics: setOf({ own: { where: [{ pattern: "." }] } }) }],
      ["silent", { metrics: setOf({ silent: { where: [{ pattern: "." }] } }) }],
      ["none", {}],
    ]);
    const { io, taken } = prepare({ shared: { where: [{ pattern: "." }] } }, { byLogGroup });
    const of = (logGroup: string) => envelope([logEvent(1, "a")], { logGroup });
    await forward(kinesisEvent(of("own"), of("none"), of("other"), of("own"), Buffer.from("a line")), io);
    expect(taken().metrics).toEqual([
      ["own", "Count", {}, [2]],
      ["shared", "Count", {}, [2]],
    ]);
  });

  it("indexes and archives the same bytes as without metrics", async () => {
    const messages = ["text", json({ level: "error", n: 1 }), '{"message":"a","cloud":"gcp"}', "caf\u00e9\n"];
    const [counting, plain] = [prepare({ errors: ERRORS }), prepare({})];
    for (const { io } of [counting, plain]) await forward(kinesisEvent(foo(...messages)), io);
    expect(counting.engine.documents).toEqual(plain.engine.documents);
    expect(counting.bucket.objects).toEqual(plain.bucket.objects);
    expect([counting.taken().metrics.length, plain.taken().metrics.length]).toEqual([1, 0]);
  });
});

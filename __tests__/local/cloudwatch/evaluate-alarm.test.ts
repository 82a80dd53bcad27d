import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { evaluateAlarm } from "../../../local/cloudwatch/evaluate-alarm";
import { FastClock } from "../../../local/cloudwatch/fast-clock";
import { MetricData } from "../../../local/cloudwatch/metric-data";

const NOON = Date.UTC(2026, 10, 27, 12);
const minute = (n: number) => new Date(NOON + n * 60_000);
const dimension = (Name: string, Value: string) => ({ Name, Value });

const alarm: MetricAlarm = {
  ...{ AlarmName: "errors", Namespace: "AWS/Lambda", MetricName: "Errors", Statistic: "Sum", Period: 300 },
  Dimensions: [dimension("FunctionName", "f")],
  ...{
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 2,
    EvaluationPeriods: 1,
    TreatMissingData: "notBreaching",
  },
};

/** Errors of a function in the minute `n` after noon. */
function put(data: MetricData, n: number, Value: number, name = "f"): void {
  data.put("AWS/Lambda", {
    ...{ MetricName: "Errors", Timestamp: minute(n), Value },
    Dimensions: [dimension("FunctionName", name)],
  });
}

const stateAt = (data: MetricData, n: number, changes: Partial<MetricAlarm> = {}) =>
  evaluateAlarm({ ...alarm, ...changes }, data, minute(n).getTime() + 59_999, "OK");

describe("an alarm", () => {
  it("begins with the statistic of a period that slides by minutes, and ends when it has slid away", () => {
    const data = new MetricData();
    put(data, 0, 1);
    put(data, 4, 2);

    // The current minute does not count yet.
    const states = [3, 4, 5, 6].map((n) => stateAt(data, n));
    expect(states).toEqual(["OK", "OK", "ALARM", "OK"]);
    expect(stateAt(data, 5, { Threshold: 3 })).toBe("OK");
    expect(stateAt(data, 5, { Statistic: "Maximum", Threshold: 1.9 })).toBe("ALARM");
    expect(stateAt(data, 5, { Statistic: "Minimum", Threshold: 0.9 })).toBe("ALARM");
    expect(stateAt(data, 5, { Statistic: "Average", Threshold: 1.6 })).toBe("OK");
  });

  it("counts the values of its own metric alone", () => {
    const data = new MetricData();
    put(data, 1, 9, "g");
    data.put("AWS/Lambda", { MetricName: "Errors", Timestamp: minute(1), Value: 9 });
    data.put("AWS/Lambda", {
      MetricName: "Errors",
      Timestamp: minute(1),
      Value: 9,
      Dimensions: [dimension("Resource", "f")],
    });
    data.put("other", {
      MetricName: "Errors",
      Timestamp: minute(1),
      Value: 9,
      Dimensions: [dimension("FunctionName", "f")],
    });
    data.put("AWS/Lambda", { MetricName: "Errors", Value: 9, Dimensions: [dimension("FunctionName", "f")] });
    expect(stateAt(data, 5)).toBe("OK");

    // CloudWatch extracts values of the embedded metric format as a distribution.
    data.put("AWS/Lambda", {
      ...{ MetricName: "Errors", Timestamp: minute(1), Values: [1], Counts: [3] },
      Dimensions: [dimension("FunctionName", "f")],
    });
    expect(stateAt(data, 5)).toBe("ALARM");
  });

  it("finds by a query the metric whose other dimensions it does not name", () => {
    const data = new MetricData();
    const of = (FilterName: string) => [
      ...[dimension("LogGroupName", "foo"), dimension("FilterName", FilterName)],
      dimension("DestinationType", "whatever it is called"),
    ];
    const Expression =
      "SELECT SUM(DeliveryErrors) FROM SCHEMA(\"AWS/Logs\", DestinationType, FilterName, LogGroupName) WHERE FilterName = 'p_foo'";
    const query: MetricAlarm = { ...alarm, Metrics: [{ Id: "query", Expression, Period: 300 }] };
    delete query.MetricName;
    data.put("AWS/Logs", { MetricName: "DeliveryErrors", Timestamp: minute(1), Value: 9, Dimensions: of("p_bar") });
    expect(evaluateAlarm(query, data, minute(5).getTime(), "OK")).toBe("OK");

    data.put("AWS/Logs", { MetricName: "DeliveryErrors", Timestamp: minute(1), Value: 9, Dimensions: of("p_foo") });
    expect(evaluateAlarm(query, data, minute(5).getTime(), "OK")).toBe("ALARM");
  });

  it.each([
    ["metric math", { Metrics: [{ Id: "a", Expression: "m1 + m2", Period: 300 }] }],
    [
      "several conditions",
      {
        Metrics: [
          { Id: "a", Expression: "SELECT SUM(a) FROM SCHEMA(\"b\", c) WHERE c = 'd' AND c = 'e'", Period: 300 },
        ],
      },
    ],
    ["a percentile", { ExtendedStatistic: "p99" }],
  ])("is not evaluated by %s, which is not supported", (_, changes) => {
    const { MetricName: _name, Statistic: _statistic, ...rest } = alarm;
    expect(() => evaluateAlarm({ ...rest, ...changes }, new MetricData(), NOON, "OK")).toThrow(
      "errors: the local pipeline evaluates a metric with a statistic, or one query of a time series",
    );
  });
});

describe("the fast clock", () => {
  it("runs as many times as fast as the machine's", () => {
    const before = Date.now();
    const clock = new FastClock(300);
    const [start, later] = [clock.at(before), clock.at(before + 1_000)];
    expect(later - start).toBe(300_000);
    expect(clock.now()).toBeGreaterThanOrEqual(start);
  });
});

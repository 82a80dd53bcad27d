import type { PutMetricDataCommandInput } from "@aws-sdk/client-cloudwatch";
import { publishMetrics } from "../../../local/lambda/metrics-publisher";

const line = (namespace: string, count: number) => {
  const Metrics = Array.from({ length: count }, (_, n) => ({ Name: `m${n}` }));
  const values = Object.fromEntries(Metrics.map(({ Name }) => [Name, 1]));
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [[]], Metrics }];
  return JSON.stringify({ _aws: { Timestamp: 0, CloudWatchMetrics }, ...values });
};

function prepare(fail = false) {
  const requests: [string, number][] = [];
  const problems: string[] = [];
  const send = async ({ input }: { input: PutMetricDataCommandInput }) => {
    requests.push([input.Namespace!, input.MetricData!.length]);
    if (fail) throw new Error("not today");
    return {};
  };
  const cloudwatch = { send } as unknown as Parameters<typeof publishMetrics>[0];
  return { requests, problems, publisher: publishMetrics(cloudwatch, (problem) => problems.push(problem)) };
}

describe("publishMetrics", () => {
  it("buffers metrics, and puts at most 1,000 of a namespace at once", async () => {
    const { publisher, requests } = prepare();
    for (let n = 0; n < 11; n++) publisher.add(line("app", 100));
    publisher.add(line("other", 1));
    publisher.add("no metrics");
    expect(requests).toEqual([]);
    await publisher.stop();
    expect(requests).toEqual([
      ["app", 1_000],
      ["app", 100],
      ["other", 1],
    ]);
  });

  it("puts metrics soon, even if it is not stopped", async () => {
    jest.useFakeTimers();
    const { publisher, requests } = prepare();
    publisher.add(line("app", 1));
    await jest.advanceTimersByTimeAsync(1_000);
    publisher.add(line("app", 2));
    await jest.advanceTimersByTimeAsync(1_000);
    jest.useRealTimers();
    expect(requests).toEqual([
      ["app", 1],
      ["app", 2],
    ]);
  });

  it("reports metrics that cannot be put, and continues", async () => {
    const { publisher, problems } = prepare(true);
    publisher.add(line("app", 2));
    publisher.add(line("other", 1));
    await publisher.stop();
    expect(problems).toEqual([
      "2 metrics of app cannot be put into CloudWatch: Error: not today",
      "1 metrics of other cannot be put into CloudWatch: Error: not today",
    ]);
  });
});

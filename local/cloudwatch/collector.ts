import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import type { PutRecordsOutput } from "@aws-sdk/client-kinesis";
import type { KinesisStreamEvent } from "aws-lambda";
import { arrivalOf } from "../event-source-mapping/kinesis/event";
import { embeddedMetrics } from "../lambda/embedded-metrics";
import type { InvocationResult } from "../lambda/function";
import { engineMetrics } from "./engine-metrics";
import type { FastClock } from "./fast-clock";
import type { MetricData, MetricDimensions } from "./metric-data";

/**
 * Puts the metrics that AWS's services would put, by what happens on this machine: each value is of an event that it saw. Times and
 * durations are the clock's.
 */
export class MetricCollector {
  constructor(
    private readonly data: MetricData,
    private readonly clock: FastClock,
  ) {}

  /** A line that a function has logged, in which CloudWatch finds metrics. */
  logged(line: string): void {
    for (const { namespace, datum } of embeddedMetrics(line)) {
      const Timestamp = new Date(this.clock.at(datum.Timestamp!.getTime()));
      const factor = datum.Unit === "Milliseconds" ? this.clock.speed : 1;
      this.data.put(namespace, { ...datum, Timestamp, Values: datum.Values!.map((value) => value * factor) });
    }
  }

  /**
   * An invocation has ended. `IteratorAge` is that of the last record when it ends.
   *
   * Source: Lambda Developer Guide "Types of metrics for Lambda functions".
   *
   * @param event of a stream. @default another event
   */
  invoked(functionName: string, { functionError }: InvocationResult, event?: KinesisStreamEvent): void {
    const put = (name: string, value: number) => this.#put("AWS/Lambda", name, { FunctionName: functionName }, value);
    put("Invocations", 1);
    put("Errors", functionError ? 1 : 0);
    const last = event?.Records.at(-1);
    if (last) put("IteratorAge", (Date.now() - arrivalOf(last)) * this.clock.speed);
  }

  /** Lambda has refused to start a function, for its concurrency. */
  throttled(functionName: string): void {
    this.#put("AWS/Lambda", "Throttles", { FunctionName: functionName }, 1);
  }

  /** A stream has answered `PutRecords`. Source: Kinesis Data Streams Developer Guide "Monitor the Amazon Kinesis Data Streams service with Amazon CloudWatch". */
  putRecords(streamName: string, { Records = [] }: Pick<PutRecordsOutput, "Records">): void {
    const put = (name: string, value: number) => this.#put("AWS/Kinesis", name, { StreamName: streamName }, value);
    const throttled = Records.filter(({ ErrorCode }) => ErrorCode === "ProvisionedThroughputExceededException").length;
    put("WriteProvisionedThroughputExceeded", throttled);
    put("IncomingRecords", Records.filter(({ SequenceNumber }) => SequenceNumber !== undefined).length);
  }

  /** Reads the metrics of a domain now. @param url of its engine */
  async readEngine(url: string, domain: MetricDimensions): Promise<void> {
    for (const [name, value] of Object.entries(await engineMetrics(url))) this.#put("AWS/ES", name, domain, value);
  }

  #put(namespace: string, MetricName: string, dimensions: MetricDimensions, Value: number): void {
    const Dimensions: MetricDatum["Dimensions"] = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    this.data.put(namespace, { MetricName, Dimensions, Value, Timestamp: new Date(this.clock.now()) });
  }
}

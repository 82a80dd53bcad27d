import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { retryDelayMs } from "../event-source-mapping/retry-delay";
import type { InvocationResult } from "../lambda/instance";
import type { RecordFailure } from "./failed-record";
import type { DeliveryRecord } from "./record";
import type { DeliverySettings, TransformSettings } from "./settings";
import { FUNCTION_FAILED, verdicts } from "./transform-response";

/** Invokes a function. Rejects when it could not be invoked, such as one that does not exist. */
export type InvokeTransform = (functionArn: string, event: unknown) => Promise<InvocationResult>;

export interface Transformed {
  /** With the function's data in place of the record's. */
  readonly delivered: readonly DeliveryRecord[];
  readonly failed: readonly { readonly record: DeliveryRecord; readonly failure: RecordFailure }[];
}

/**
 * Invokes the function with a batch. A function that fails is invoked again, as often as the settings say; a response that is
 * wrong is final.
 *
 * Source: Firehose Developer Guide "Transform source data", "Handle failure in data transformation".
 *
 * @returns undefined once `signal` is aborted
 */
export async function transformBatch(
  records: readonly DeliveryRecord[],
  settings: Pick<DeliverySettings, "arn" | "sourceArn"> & { readonly transform: TransformSettings },
  invoke: InvokeTransform,
  signal: AbortSignal,
): Promise<Transformed | undefined> {
  const { functionArn, retries } = settings.transform;
  const ids = records.map(({ id }) => id);
  for (let attemptsMade = 1; ; attemptsMade++) {
    const result = await invoke(functionArn, event(records, settings)).catch(() => undefined);
    if (signal.aborted) return undefined;
    if (result && result.functionError === undefined) {
      const all = verdicts(result.payload, ids);
      const delivered: DeliveryRecord[] = [];
      const failed: { record: DeliveryRecord; failure: RecordFailure }[] = [];
      for (const [n, verdict] of all.entries()) {
        const record = records[n]!;
        if (verdict === "dropped") continue;
        if ("data" in verdict) delivered.push({ ...record, data: verdict.data });
        else failed.push({ record, failure: { ...verdict, attemptsMade } });
      }
      return { delivered, failed };
    }
    if (attemptsMade > retries) {
      const failure = { ...FUNCTION_FAILED, attemptsMade };
      return { delivered: [], failed: records.map((record) => ({ record, failure })) };
    }
    await sleep(retryDelayMs(attemptsMade), undefined, { signal }).catch(() => {});
  }
}

/** Source: the same page's "Required parameters", and AWS's example events. */
function event(records: readonly DeliveryRecord[], { arn, sourceArn }: Pick<DeliverySettings, "arn" | "sourceArn">) {
  return {
    invocationId: randomUUID(),
    ...(sourceArn !== undefined && { sourceKinesisStreamArn: sourceArn }),
    deliveryStreamArn: arn,
    region: arn.split(":")[3],
    records: records.map(({ id, data, arrivedAt, kinesis }) => ({
      recordId: id,
      approximateArrivalTimestamp: arrivedAt,
      data: data.toString("base64"),
      ...(kinesis && { kinesisRecordMetadata: kinesis }),
    })),
  };
}

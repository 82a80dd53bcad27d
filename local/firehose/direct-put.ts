import { setTimeout as sleep } from "node:timers/promises";
import { LastingFailure } from "../event-source-mapping/lasting-failure";
import type { Intake } from "./source";

const POLL_INTERVAL_MS = 200;
const RETRY_INTERVAL_MS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** A record as local/emulator/patches/delivery_stream_records.py keeps it. */
interface KeptRecord {
  readonly number: number;
  readonly id: string;
  readonly arrivedAt: number;
  /** Base64. */
  readonly data: string;
}

/** Takes the records that PutRecord and PutRecordBatch leave in the emulator. @param arn of the delivery stream */
export async function readDirectPut(emulatorUrl: string, arn: string, intake: Intake): Promise<void> {
  const { signal } = intake;
  const [, , , region, account, resource] = arn.split(":");
  const stream = resource!.replace("deliverystream/", "");
  const url = `${emulatorUrl}/_delivery-stream-records/${account}/${region}/${stream}?bytes=${MAX_BYTES}`;
  const failure = new LastingFailure(intake.onProblem);
  /** The emulator forgets the records up to this one. */
  let after = 0;
  /** @returns how many records there were */
  const take = async (): Promise<number> => {
    const response = await fetch(`${url}&after=${after}`, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const records = (await response.json()) as KeptRecord[];
    for (const { id, arrivedAt, data } of records) intake.accept({ id, arrivedAt, data: Buffer.from(data, "base64") });
    after = records.at(-1)?.number ?? after;
    failure.succeeded();
    return records.length;
  };
  while (!signal.aborted) {
    await intake.hasRoom();
    let pauseMs = POLL_INTERVAL_MS;
    try {
      if ((await take()) > 0) continue;
    } catch (error) {
      pauseMs = RETRY_INTERVAL_MS;
      if (!signal.aborted) failure.failed(`its records cannot be read: ${error}`);
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

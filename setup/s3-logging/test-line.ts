import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { DescribeDeliveryStreamCommand, type FirehoseClient, PutRecordCommand } from "@aws-sdk/client-firehose";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { unzipSync } from "fflate";
import { MachineError } from "../../tools/failures/machine-error";

const POLL_MS = 2_000;
const ACTIVE_SECONDS = 600;

/** Firehose takes its buffering hints as hints, and then writes. */
const MARGIN_SECONDS = 180;

/** Waits until the delivery stream takes records. @throws MachineError if it cannot be created, or takes too long */
export async function waitUntilActive(firehose: FirehoseClient, name: string): Promise<void> {
  for (const begin = performance.now(); ; await sleep(POLL_MS)) {
    const { DeliveryStreamDescription: stream } = await firehose.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }),
    );
    const status = stream?.DeliveryStreamStatus;
    if (status === "ACTIVE") return;
    if (status === "CREATING" && performance.now() - begin < ACTIVE_SECONDS * 1000) continue;
    const { Type, Details } = stream?.FailureDescription ?? {};
    throw new MachineError(
      `The delivery stream ${name} is ${status}${Type ? ` (${Type}: ${Details})` : ""}.`,
      "Run the command again; if it stays so, look at its errors in the AWS console.",
    );
  }
}

/** A line that was put, and can be found. */
export interface SetupLine {
  readonly id: string;
  readonly text: string;
}

/** Puts one line into the delivery stream. */
export async function putTestLine(firehose: FirehoseClient, name: string): Promise<SetupLine> {
  const id = randomUUID();
  const text = JSON.stringify({
    "@timestamp": new Date().toISOString(),
    "log.level": "info",
    message: "S3 logging is set up",
    "event.id": id,
  });
  const Record = { Data: Buffer.from(`${text}\n`) };
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: name, Record }));
  return { id, text };
}

/**
 * Waits until the line is in an object.
 *
 * @param prefix that the keys have, up to what changes with time
 * @param seconds the rotation period
 * @returns the key of the object
 * @throws MachineError if it is in none
 */
export async function findTestLine(
  s3: S3Client,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  { id }: SetupLine,
  seconds: number,
): Promise<string> {
  const since = new Date(Date.now() - 60_000);
  const read = new Set<string>();
  for (const begin = performance.now(); ; await sleep(POLL_MS)) {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key, LastModified } of Contents) {
        if (!Key || read.has(Key) || (LastModified && LastModified < since)) continue;
        read.add(Key);
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        if (unpacked(Key, await Body!.transformToByteArray()).includes(id)) return Key;
      }
    }
    if (performance.now() - begin > (seconds + MARGIN_SECONDS) * 1000) {
      throw new MachineError(
        `The test line ${id} is in no object of s3://${bucket}/${prefix} yet.`,
        "The log group that the plan names has Firehose's errors; aws firehose describe-delivery-stream shows its settings.",
      );
    }
  }
}

/** Snappy keeps text that does not repeat itself as it is, such as the id. */
function unpacked(key: string, bytes: Uint8Array): Buffer {
  if (key.endsWith(".gz")) return gunzipSync(bytes);
  if (key.endsWith(".zip")) return Buffer.concat(Object.values(unzipSync(bytes)));
  return Buffer.from(bytes);
}

import type { AwsClients } from "../aws/clients";
import { Condition } from "../event-source-mapping/condition";
import type { BucketSettings } from "./bucket-settings";
import { readDirectPut } from "./direct-put";
import { processingFailedLine } from "./failed-record";
import { type ErrorOutputType, errorKey, objectKey } from "./object-key";
import { ObjectWriter } from "./object-writer";
import type { DeliveredRecords, DeliveryRecord } from "./record";
import { indexBatch } from "./search-delivery";
import type { DeliverySettings, SearchSettings } from "./settings";
import { Stage } from "./stage";
import { readStream } from "./stream-source";
import { type InvokeTransform, transformBatch } from "./transform";

export interface DeliveryStreamOptions extends Pick<AwsClients, "kinesis" | "s3"> {
  readonly settings: DeliverySettings;
  /** Where PutRecord leaves records. */
  readonly emulatorUrl: string;
  /** The engine that stands for every search domain. */
  readonly searchEndpoint: string;
  readonly invoke: InvokeTransform;
  /** Called with each batch that is in the index or, where that is the destination, in S3. */
  onDelivered?(delivered: DeliveredRecords): void;
  /** Called with a line for each problem that AWS would report by a metric or a log. */
  onProblem(problem: string): void;
}

/** A delivery stream that runs. */
export interface DeliveryStream {
  /** Goes on with new settings; they apply to what is buffered, too. */
  update(settings: DeliverySettings): void;
  /** Drops what is buffered, as a deletion does; resolves when nothing is in flight. */
  stop(): Promise<void>;
}

/** A line of an error object. */
interface FailedLine {
  readonly type: ErrorOutputType;
  readonly line: string;
  readonly arrivedAt: number;
}

/** Of all stages: beyond it, the source is not read on. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;
const ROOM_POLL_MS = 200;

/**
 * Reads the source of a delivery stream, and delivers its records: buffered, transformed, indexed or put into S3, each stage with
 * buffering hints of its own.
 */
export function startDeliveryStream(options: DeliveryStreamOptions): DeliveryStream {
  const { kinesis, s3, emulatorUrl, searchEndpoint, invoke } = options;
  let { settings } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const onProblem = (problem: string) => options.onProblem(`${settings.name}: ${problem}`);
  const writer = new ObjectWriter(s3, signal, onProblem);
  const sizeOf = ({ data }: DeliveryRecord) => data.length;

  const write = (records: readonly DeliveryRecord[], objects: BucketSettings) => {
    const parts = records.map(({ data }) => data);
    const separated = settings.separatesRecords
      ? parts.flatMap((part, n) => (n > 0 ? [NEWLINE, part] : [part]))
      : parts;
    return writer.write(objects, { parts: separated, oldest: oldestOf(records) }, (key) =>
      objectKey(objects.prefix, { ...key, deliveryStream: settings.name, version: settings.version }),
    );
  };
  const errors = new Stage<FailedLine>(
    () => settings.objects.buffer,
    ({ line }) => line.length,
    async (lines) => {
      for (const type of new Set(lines.map((one) => one.type))) {
        const those = lines.filter((one) => one.type === type);
        const parts = [Buffer.from(those.map(({ line }) => `${line}\n`).join(""))];
        await writer.write(settings.objects, { parts, oldest: oldestOf(those) }, (key) =>
          errorKey(settings.objects, type, { ...key, deliveryStream: settings.name, version: settings.version }),
        );
      }
    },
    signal,
  );
  // Both return the records that are written.
  const put = async (records: readonly DeliveryRecord[]) => ((await write(records, settings.objects)) ? records : []);
  const index = async (records: readonly DeliveryRecord[], search: SearchSettings) => {
    const failed = await indexBatch(records, search, searchEndpoint, signal);
    for (const { record, line } of failed) {
      errors.add({ type: "AmazonOpenSearchService-failed", line, arrivedAt: record.arrivedAt });
    }
    const those = new Set(failed.map(({ record }) => record));
    return signal.aborted ? [] : records.filter((record) => !those.has(record));
  };
  const destination = new Stage<DeliveryRecord>(
    () => (settings.search ?? settings.objects).buffer,
    sizeOf,
    async (records) => {
      const { search } = settings;
      const delivered = search ? await index(records, search) : await put(records);
      if (delivered.length === 0) return;
      options.onDelivered?.({
        ...{ arn: settings.arn, isSearched: search !== undefined },
        records: delivered.map(({ id, arrivedAt }) => ({ documentId: search?.withIds ? id : undefined, arrivedAt })),
      });
    },
    signal,
  );
  const backup = new Stage<DeliveryRecord>(
    () => (backupOf(settings) ?? settings.objects).buffer,
    sizeOf,
    async (records) => {
      const objects = backupOf(settings);
      if (objects) await write(records, objects);
    },
    signal,
  );
  const transform = new Stage<DeliveryRecord>(
    () => settings.transform?.buffer ?? { sizeBytes: 0, intervalMs: 0 },
    sizeOf,
    async (records) => {
      if (!settings.transform) {
        for (const record of records) destination.add(record);
        return;
      }
      const { functionArn } = settings.transform;
      const result = await transformBatch(records, { ...settings, transform: settings.transform }, invoke, signal);
      if (!result) return;
      for (const record of result.delivered) destination.add(record);
      for (const { record, failure } of result.failed) {
        const line = processingFailedLine({ ...record, ...failure, endedAt: Date.now() }, functionArn);
        errors.add({ type: "processing-failed", line, arrivedAt: record.arrivedAt });
      }
    },
    signal,
  );
  const stages = [transform, destination, backup, errors];

  const changed = new Condition();
  signal.addEventListener("abort", changed.notify);
  const intake = {
    signal,
    onProblem,
    accept(record: DeliveryRecord) {
      if (backupOf(settings)) backup.add(record);
      (settings.transform ? transform : destination).add(record);
    },
    async hasRoom() {
      const isFull = () => stages.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BUFFERED_BYTES;
      while (isFull() && !signal.aborted) await changed.wait(ROOM_POLL_MS);
    },
  };
  const reading =
    settings.sourceArn === undefined
      ? readDirectPut(emulatorUrl, settings.arn, intake)
      : readStream(kinesis, { streamArn: settings.sourceArn, createdAt: settings.createdAt }, intake);
  return {
    update(next) {
      settings = next;
      for (const stage of stages) stage.update();
    },
    async stop() {
      stopping.abort();
      await Promise.all([reading, ...stages.map((stage) => stage.ended())]);
    },
  };
}

const NEWLINE = Buffer.from("\n");

/** Where the records go as they arrive, besides the destination. */
function backupOf({ search, objects, sourceBackup }: DeliverySettings): BucketSettings | undefined {
  return search?.backsUpAll ? objects : sourceBackup;
}

function oldestOf(items: readonly { readonly arrivedAt: number }[]): number {
  return items.reduce((oldest, { arrivedAt }) => Math.min(oldest, arrivedAt), Number.POSITIVE_INFINITY);
}

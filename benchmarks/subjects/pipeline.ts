import { gzipSync } from "node:zlib";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { emulatedAccount } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { startEmulator } from "../../local/emulator/emulator";
import { startLane } from "../../local/lane";
import { startOpenSearch } from "../../local/opensearch/opensearch";
import { SETTINGS } from "./core";

const NAME = "bench";
const DURATIONS = ["DecodeDuration", "DeliveryDuration", "ArchiveDuration", "Duration"] as const;

/** The pipeline on this machine: the emulator's Kinesis and S3, the mapping, the built function, and OpenSearch. */
export interface PipelineParts {
  /** Sums of the durations that the function has reported, in milliseconds. */
  readonly durations: Readonly<Record<(typeof DURATIONS)[number], number>>;
  /** Puts one record of log events with the current time, as CloudWatch Logs does. */
  put(logGroup: string, messages: readonly string[]): Promise<void>;
  /** Starts the event source mapping. */
  startReading(): Promise<void>;
  /** Returns how many events of a log group can be found. */
  count(logGroup: string): Promise<number>;
  /** Returns the largest number that can be found in a field; -1 before the first. */
  lastFound(logGroup: string, field: string): Promise<number>;
  stop(): Promise<void>;
}

/** @throws ProcessError when a part cannot be started */
export async function startPipeline(): Promise<PipelineParts> {
  const [emulator, search] = await Promise.all([startEmulator(), startOpenSearch()]);
  const clients = awsClients(emulator.url);
  const durations = { DecodeDuration: 0, DeliveryDuration: 0, ArchiveDuration: 0, Duration: 0 };
  const lane = await startLane(clients, {
    ...{ name: NAME, shards: 1, batchSize: 100 },
    environment: { SEARCH_ENDPOINT: search.url, AWS_ENDPOINT_URL_S3: emulator.url },
    onLine(line) {
      const report = line.startsWith("{") ? JSON.parse(line) : {};
      for (const name of DURATIONS) durations[name] += report[name] ?? 0;
    },
    onProblem: (problem) => console.error(problem),
  });
  let events = 0;

  async function ask(logGroup: string, path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${search.url}/${SETTINGS.indexLayouts.current.prefix}${logGroup}-*/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  return {
    durations,
    async put(logGroup, messages) {
      const logEvents = messages.map((message) => ({
        id: String(events++).padStart(56, "0"),
        timestamp: Date.now(),
        message,
      }));
      const where = { owner: emulatedAccount.AWS_ACCESS_KEY_ID, logGroup, logStream: "stream" };
      const envelope = { messageType: "DATA_MESSAGE", ...where, subscriptionFilters: [NAME], logEvents };
      const Data = gzipSync(JSON.stringify(envelope));
      await clients.kinesis.send(new PutRecordCommand({ StreamName: NAME, PartitionKey: "p", Data }));
    },
    startReading: lane.startReading,
    count: async (logGroup) => Number((await ask(logGroup, "_count?allow_no_indices=true", {})).count ?? 0),
    async lastFound(logGroup, field) {
      const query = { size: 0, aggs: { last: { max: { field } } } };
      const { aggregations } = (await ask(logGroup, "_search?allow_no_indices=true", query)) as {
        aggregations?: { last: { value: number | null } };
      };
      return aggregations?.last.value ?? -1;
    },
    async stop() {
      await lane.stop();
      await Promise.all([search.stop(), emulator.stop()]);
    },
  };
}

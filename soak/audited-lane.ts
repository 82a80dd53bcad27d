import { setTimeout as sleep } from "node:timers/promises";
import { PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisStreamEvent } from "aws-lambda";
import { processedRecords } from "../local/event-source-mapping/kinesis/response";
import type { InvocationResult } from "../local/lambda/function";
import { type Lane, type LaneOptions, startLane } from "../local/lane";
import { type Found, find } from "./audit/found";
import { CountsByName } from "./counts-by-name";
import type { DamagedPlaces } from "./damage/inflict";
import { endOf } from "./invocation-end";
import { RecordLedger } from "./record-ledger";
import type { SoakServices } from "./services";
import type { Draft } from "./traffic/draft";
import { SOAK_RECORD_MAX_BYTES } from "./traffic/poison";

export interface AuditedLaneOptions
  extends Pick<LaneOptions, "name" | "shards" | "parallelizationFactor" | "batchSize" | "timeoutSeconds"> {
  /** Variables of the function besides those of every soak. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each line that the function logs, each error it ends with, and each problem of the mapping. */
  onLine?(line: string): void;
}

/** A lane, and the records of what was put into it and what the function acknowledged. */
export interface AuditedLane extends Pick<Lane, "lambda" | "stop"> {
  readonly ledger: RecordLedger;
  /** How invocations ended. */
  readonly invocations: CountsByName;
  put(drafts: readonly Draft[]): Promise<void>;
  /** Waits until each record is acknowledged, or none has been for `seconds`. @returns whether all are */
  drained(seconds: number): Promise<boolean>;
  blockIndices(blocked: boolean): Promise<void>;
  find(): Promise<Found>;
  /** Where its documents and objects are, past the proxies, now. */
  places(): DamagedPlaces;
}

const POLL_MS = 200;

/** Starts a lane whose function talks to the services' proxies; the options' name is its indices' prefix, too. */
export async function startAuditedLane(services: SoakServices, options: AuditedLaneOptions): Promise<AuditedLane> {
  const { clients, search } = services;
  const { name, onLine = () => {} } = options;
  const ledger = new RecordLedger(name);
  const invocations = new CountsByName();
  const { lambda, startReading, stop } = await startLane(clients, {
    ...options,
    environment: { ...environment(services, name), ...options.environment },
    onLine,
    onProblem: onLine,
    onResult(event, result) {
      invocations.add(endOf(result));
      if (result.functionError) onLine(JSON.stringify(result.payload));
      acknowledge(ledger, event, result);
    },
  });
  await startReading();
  const places = (): DamagedPlaces => ({
    // OpenSearch has another port whenever it is restarted.
    search: { endpoint: search.url, indexPattern: `${name}-*` },
    archive: { bucket: name, prefix: "" },
    s3: clients.s3,
  });
  return {
    ...{ ledger, invocations, lambda, stop },
    async put(drafts) {
      const { Records } = await clients.kinesis.send(
        new PutRecordsCommand({
          StreamName: name,
          Records: drafts.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
        }),
      );
      for (const [n, { ShardId, SequenceNumber }] of Records!.entries()) {
        ledger.put(drafts[n]!, { shardId: ShardId!, sequenceNumber: SequenceNumber! });
      }
    },
    async drained(seconds) {
      let last = { acknowledged: -1, at: 0 };
      for (; !ledger.drained; await sleep(POLL_MS)) {
        const { acknowledged } = ledger;
        if (acknowledged > last.acknowledged) last = { acknowledged, at: performance.now() };
        else if (performance.now() - last.at > seconds * 1000) return false;
      }
      return true;
    },
    blockIndices: (blocked) => services.blockIndices(`${name}-*`, blocked),
    find() {
      const { search, archive, s3 } = places();
      return find(search, archive, s3);
    },
    places,
  };
}

/** Small limits, so that timeouts, several requests for a batch, and records that are too large really occur. */
function environment({ searchProxy, archiveProxy }: SoakServices, name: string): Record<string, string> {
  return {
    SEARCH_ENDPOINT: searchProxy.url,
    INDEX_PREFIX: `${name}-`,
    AWS_ENDPOINT_URL_S3: archiveProxy.url,
    BULK_MAX_BYTES: String(64 * 1024),
    RECORD_MAX_BYTES: String(SOAK_RECORD_MAX_BYTES),
    REQUEST_TIMEOUT_SECONDS: "3",
  };
}

function acknowledge(ledger: RecordLedger, { Records }: KinesisStreamEvent, result: InvocationResult): void {
  for (const { eventID, kinesis } of Records.slice(0, processedRecords(result, Records, true) ?? 0)) {
    ledger.acknowledge({ shardId: eventID.split(":", 1)[0]!, sequenceNumber: kinesis.sequenceNumber });
  }
}

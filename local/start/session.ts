import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { KinesisStreamRecord } from "aws-lambda";
import type { AccessLogReport } from "../access-logs/wait";
import type { ApplicationLaneReport } from "../application-lines/deliver";
import type { ArchiveLocation } from "../delivery/archive";
import type { EventLedger } from "../delivery/event-ledger";
import type { SearchLocation } from "../delivery/search";
import type { DeliveryReport } from "../delivery/wait";
import type { FaultyNetwork } from "../faults/network";
import type { DeliveredRecords } from "../firehose/record";
import type { StoredEvent } from "../log-events/put";
import type { AppliedMappings } from "../reconciler/applied-mappings";
import type { TerraformStack } from "../terraform/stack";

export interface FoundAccessLogs {
  readonly files: readonly AccessLogReport[];
  /** Its `access-logs/` holds what could not be read or indexed. */
  readonly quarantine: ArchiveLocation;
}

/** State that the steps pass to one another and to the report. */
export interface Session {
  /** The link of the page, if there is one. */
  pageUrl?: string;
  directory: string;
  logDirectory: string;
  emulatorUrl: string;
  searchEndpoint: string;
  /** Whether the pipeline starts the search engine. */
  isOwnEngine: boolean;
  /** With the page, whose faults are in it. */
  network?: FaultyNetwork;
  /** Message of the last invocation that failed, for the page. */
  lastError?: string;
  /** Whether the search engine answers. */
  isSearchUp?: boolean;
  pipeline: TerraformStack;
  /** Settles when Terraform has applied log-archive, some seconds after the events are found. */
  archiveApplied: Promise<void>;
  logArchive: TerraformStack;
  /** With `--access-logs`. */
  accessLogs?: TerraformStack;
  accessLogReport?: FoundAccessLogs;
  /** With `--lanes all`. */
  firehoseStacks?: readonly TerraformStack[];
  /** With `--lanes all`: of each lane of Firehose. */
  applicationReport?: readonly ApplicationLaneReport[];
  /** The pipeline as it would be planned in a real account. */
  accountPlan: TerraformStack;
  /** Summary line of that plan. */
  plan: string;
  mappings: AppliedMappings;
  /** Called with each line that a function logs. */
  onFunctionLine?: (functionName: string, line: string) => void;
  /** Called with the records that an event source mapping has read from a stream. */
  onRead?: (records: readonly KinesisStreamRecord[]) => void;
  /** Called with each event that a function is invoked with. */
  onInvocation?: (event: unknown) => void;
  /** Called with each batch that a delivery stream has written. */
  onDelivered?: (delivered: DeliveredRecords) => void;
  /** Called with a line for each change applied while the pipeline runs. @default changes are only logged */
  onChange?: (line: string) => void;
  search: SearchLocation;
  /** The pipeline's output `index_settings`. */
  indexSettings: unknown;
  archive: ArchiveLocation;
  /** Every event that was put. */
  ledger: EventLedger;
  /** One event per log group. */
  examples: readonly StoredEvent[];
  /** When the last event was put, in milliseconds since the epoch. */
  putAt: number;
  report: DeliveryReport;
}

/** Name of the log of changes that are applied to the running pipeline. */
export const CHANGES_LOG = "changes";

/** Returns the folder of a pipeline's logs. @param directory its working directory */
export const logDirectoryIn = (directory: string): string => join(directory, "logs");

/** Returns the path of a log file. @param name of a function, or {@link CHANGES_LOG} */
export const logFileIn = (logDirectory: string, name: string): string => join(logDirectory, `${name}.log`);

/** Appends lines to a log file. It stays open: processes may log while they end, after their directory is deleted. */
export function logTo({ logDirectory }: Pick<Session, "logDirectory">, name: string): (line: string) => void {
  const file = openSync(logFileIn(logDirectory, name), "a");
  return (line) => writeSync(file, `${new Date().toISOString()} ${line}\n`);
}

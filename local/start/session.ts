import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ArchiveLocation } from "../delivery/archive";
import type { EventLedger } from "../delivery/event-ledger";
import type { SearchLocation } from "../delivery/search";
import type { DeliveryReport } from "../delivery/wait";
import type { StoredEvent } from "../log-events/put";
import type { AppliedMappings } from "../reconciler/applied-mappings";
import type { TerraformStack } from "../terraform/stack";

/** What the steps hand on to one another, and to the report. */
export interface Session {
  directory: string;
  logDirectory: string;
  emulatorUrl: string;
  searchEndpoint: string;
  pipeline: TerraformStack;
  /** Settled when Terraform has applied log-archive, some seconds after the events are found. */
  archiveApplied: Promise<void>;
  logArchive: TerraformStack;
  /** The pipeline as it would be planned in an account of one's own. */
  accountPlan: TerraformStack;
  /** That plan, in a line. */
  plan: string;
  mappings: AppliedMappings;
  /** Told what was applied while the pipeline runs. @default it is logged */
  onChange?: (line: string) => void;
  search: SearchLocation;
  archive: ArchiveLocation;
  /** Every event that was put. */
  ledger: EventLedger;
  /** One event of each log group. */
  examples: readonly StoredEvent[];
  putAt: number;
  report: DeliveryReport;
}

/** The file stays open: what is still being ended may log when its directory is deleted already. */
export function logTo({ logDirectory }: Pick<Session, "logDirectory">, name: string): (line: string) => void {
  const file = openSync(join(logDirectory, `${name}.log`), "a");
  return (line) => writeSync(file, `${new Date().toISOString()} ${line}\n`);
}

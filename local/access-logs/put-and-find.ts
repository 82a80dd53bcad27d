import { counted } from "../../tools/text/numbers";
import type { AwsClients } from "../aws/clients";
import type { SearchLocation } from "../delivery/search";
import type { AppliedAccessLogs } from "./applied";
import type { InspectedAccessLog } from "./inspect";
import { type PutAccessLog, putAccessLog } from "./put";
import { type AccessLogReport, waitForAccessLogs } from "./wait";

/**
 * Puts files of access logs into the bucket, and waits until each line of them is found, or in the quarantine.
 *
 * @param onProgress called with a text such as `2 of 5 files put`
 */
export async function putAndFind(
  files: readonly InspectedAccessLog[],
  { bucket, quarantine }: AppliedAccessLogs,
  { s3, search }: Pick<AwsClients, "s3"> & { readonly search: SearchLocation },
  onProgress: (text: string) => void,
): Promise<AccessLogReport[]> {
  const logs: PutAccessLog[] = [];
  for (const file of files) {
    logs.push(await putAccessLog(s3, bucket, file));
    onProgress(`${logs.length} of ${counted(files.length, "file")} put`);
  }
  const lines = files.reduce((sum, { expected }) => sum + expected.eventCount, 0);
  return waitForAccessLogs(logs, { s3, search, quarantine }, (settled) => {
    onProgress(`${settled.toLocaleString("en-US")} of ${counted(lines, "line")} found`);
  });
}

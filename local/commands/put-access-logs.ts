import { Progress } from "../../tools/text/progress";
import { UsageError } from "../../tools/usage/usage-error";
import { appliedAccessLogs } from "../access-logs/applied";
import { ACCESS_LOGS_OPTION } from "../access-logs/files";
import type { InspectedAccessLog } from "../access-logs/inspect";
import { putAndFind } from "../access-logs/put-and-find";
import { isSettledOnce } from "../access-logs/wait";
import { awsClients } from "../aws/clients";
import { EXIT } from "../ending";
import { accessLogTable } from "../report/access-logs";
import type { PipelineServices } from "../running";

/**
 * Puts files of access logs into a running pipeline, and reports what was found of them.
 *
 * @returns the exit code
 * @throws UsageError for a pipeline without access logs
 */
export async function putAccessLogsIntoRunning(
  files: readonly InspectedAccessLog[],
  { emulatorUrl, searchEndpoint, indexPattern }: PipelineServices,
): Promise<number> {
  const { lambda, s3 } = awsClients(emulatorUrl);
  const applied = await appliedAccessLogs(lambda);
  if (!applied) {
    throw new UsageError([
      `${ACCESS_LOGS_OPTION} needs a pipeline that has a bucket for them: one started by npm start -- ${ACCESS_LOGS_OPTION} with at least one file.`,
    ]);
  }
  let text = "Nothing is put yet";
  const progress = new Progress(process.stdout, () => text);
  const search = { endpoint: searchEndpoint, indexPattern };
  const reports = await putAndFind(files, applied, { s3, search }, (now) => {
    text = now;
  }).finally(() => progress.end());
  console.log(accessLogTable({ files: reports, quarantine: applied.quarantine }));
  return reports.every(isSettledOnce) ? EXIT.complete : EXIT.incomplete;
}

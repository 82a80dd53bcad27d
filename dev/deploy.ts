import { createHash } from "node:crypto";
import { UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import type { AwsClients } from "../local/aws/clients";
import { appliedState } from "../local/reconciler/applied-state";
import { CODE_CHANGED } from "../local/reconciler/changes";
import { CHANGES_LOG, logFileIn } from "../local/start/session";
import { LogTail } from "./log-tail";

/** Time for the pipeline to run deployed code, in milliseconds: it compares about once a second, then fetches each function's code. */
const FOLLOW_MS = 30_000;

/**
 * Deploys to each function of a running pipeline that has other code, and waits until new invocations run the deployed code.
 *
 * @param logDirectory of that pipeline
 * @returns the number of those functions
 * @throws Error when the pipeline does not run the code in time, or `signal` aborts
 */
export async function deploy(
  { lambda }: Pick<AwsClients, "lambda">,
  emulatorUrl: string,
  logDirectory: string,
  zip: Uint8Array,
  signal: AbortSignal,
): Promise<number> {
  const state = appliedState(emulatorUrl, lambda);
  const arns = [...new Set((await state.mappings()).map(({ FunctionArn }) => FunctionArn!))];
  const codeSha256 = createHash("sha256").update(zip).digest("base64");
  const others: string[] = [];
  for (const arn of arns) if ((await state.configuration(arn)).codeSha256 !== codeSha256) others.push(arn);

  const changes = new LogTail(logFileIn(logDirectory, CHANGES_LOG));
  for (const FunctionName of others) {
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip }));
  }
  const isFollowed = (lines: readonly string[]) =>
    lines.filter((line) => line.includes(CODE_CHANGED)).length >= others.length || undefined;
  const timeout = AbortSignal.timeout(FOLLOW_MS);
  await changes.until(isFollowed, AbortSignal.any([signal, timeout])).catch((error) => {
    if (!timeout.aborted) throw error;
    throw new Error(
      `the pipeline does not run the deployed code after ${FOLLOW_MS / 1000} s; check it by npm start -- status`,
    );
  });
  return others.length;
}

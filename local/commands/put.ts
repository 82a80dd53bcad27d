import { count, counted } from "../../tools/text/numbers";
import { shown } from "../../tools/text/one-line";
import { Progress } from "../../tools/text/progress";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { inspectAccessLogs } from "../access-logs/inspect";
import { EXIT, finishFirst } from "../ending";
import { openInputs } from "../log-events/files";
import { type Input, pairInputs } from "../log-events/inputs";
import { putIntoRunning } from "../log-events/put-into-running";
import { fileOptions, type GivenAccessLogs, type GivenLines } from "../options";
import { type PipelineServices, runningPipeline, servicesOf } from "../running";
import { shutdown } from "../start/steps";
import { defaultLogGroups } from "../terraform/log-groups";
import { putAccessLogsIntoRunning } from "./put-access-logs";

/**
 * Puts lines and access logs into a running pipeline; Ctrl-C ends the reading of standard input.
 *
 * @param errors of the command line
 * @param pid of the pipeline, where several run
 * @returns the exit code
 * @throws UsageError, RunningPipelineError, and what `putIntoRunning` throws
 */
export async function put(
  given: GivenLines & GivenAccessLogs,
  errors: ValidationErrors,
  pid?: number,
): Promise<number> {
  const { accessLogs = [] } = given;
  const logs = await inspectAccessLogs(accessLogs);
  errors.add(...logs.errors);
  const withFiles = { ...given, file: given.file ?? (accessLogs.length > 0 ? [] : ["-"]) };
  const { inputs, errors: wrongPairs } = pairInputs(withFiles.file, given.logGroup ?? [], defaultLogGroups[0]!);
  errors.add(...wrongPairs);
  const services = await runningPipeline(pid)
    .then(servicesOf)
    .catch(async (error) => {
      // What is known without a pipeline comes first.
      errors.add(...(await openInputs(inputs)).errors);
      errors.throwIfAny();
      throw error;
    });
  if (withFiles.file.length > 0) await putLinesIntoRunning(withFiles, inputs, services, errors);
  errors.throwIfAny();
  return logs.files.length > 0 ? putAccessLogsIntoRunning(logs.files, services) : EXIT.complete;
}

async function putLinesIntoRunning(
  withFiles: GivenLines & { readonly file: readonly string[] },
  inputs: readonly Input[],
  { emulatorUrl }: PipelineServices,
  errors: ValidationErrors,
): Promise<void> {
  const isTyped = process.stdin.isTTY && withFiles.file.includes("-");
  if (isTyped) console.log("Type lines; Ctrl-D ends.");
  let text = "Nothing is put yet";
  // Progress would overwrite what a person types.
  const progress = isTyped ? undefined : new Progress(process.stdout, () => text);
  const putting = putIntoRunning({
    ...fileOptions(withFiles),
    emulatorUrl,
    inputs,
    errors,
    signal: shutdown.signal,
    onProgress(done, of) {
      text = `${of === undefined ? counted(done, "log event") : `${count(done)} of ${counted(of, "log event")}`} put`;
    },
    // On a line of its own, after a terminal's progress.
    note: (line) => console.log(process.stdout.isTTY ? `\n${line}` : line),
  }).finally(() => progress?.end());
  const printed = putting.then((counts) => {
    const each = [...counts].map(([logGroup, events]) => `${counted(events, "line")} into ${shown(logGroup)}`);
    console.log(`Put ${each.join(", ") || "nothing: there was no line with text"}.`);
  });
  finishFirst(printed);
  await printed;
}

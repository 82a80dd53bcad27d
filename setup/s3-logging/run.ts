import { join } from "node:path";
import { runningPipeline, servicesOf } from "../../local/running";
import { invocationOf, packageName } from "../../tools/installation";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../tools/repository";
import { oneLine } from "../../tools/text/one-line";
import { shellQuote } from "../../tools/text/shell-quote";
import { checkAccount, setupAccount } from "./account";
import type { LoggingOptions } from "./options";
import { type ParameterValues, parametersFor, variablesOf } from "./parameters";
import { type Answerer, askForMissing, isYes, withDefaults } from "./questions";
import { loggingStack } from "./stack";
import { findTestLine, putTestLine, waitUntilActive } from "./test-line";

/** The local pipeline: its emulated account, and the folder that ends with it. */
interface LocalAccount {
  readonly emulatorUrl: string;
  readonly directory: string;
}

/** Returns the local pipeline that is meant; undefined for AWS. @throws RunningPipelineError when there is none, or not one */
export async function localAccount({ local, pid }: LoggingOptions): Promise<LocalAccount | undefined> {
  if (!local) return undefined;
  const pipeline = await runningPipeline(pid);
  return { emulatorUrl: servicesOf(pipeline).emulatorUrl, directory: pipeline.directory };
}

/**
 * Sets up S3 logging: asks for what is missing, plans, applies, and shows that a line arrives.
 *
 * @returns whether it is set up: false if the answer to the plan is no
 * @throws UsageError, MachineError, ProcessError
 */
export async function setUpS3Logging(
  options: LoggingOptions,
  local: LocalAccount | undefined,
  { ask, say }: Answerer,
): Promise<boolean> {
  const account = await setupAccount(local?.emulatorUrl);
  const { accountId, region, s3, firehose } = account;
  const where = local ? "the local pipeline" : "AWS";
  say(`Account ${accountId}, ${region}, of ${where}.`);
  const check = async (given: ParameterValues) => (await checkAccount(given, account)).forEach(say);
  await check(options.values);
  const values = options.yes
    ? withDefaults(options.values, accountId)
    : await askForMissing(options.values, accountId, { ask, say }, parametersFor(options.local), check);

  const name = String(values.streamName);
  const stateFile = join(
    local?.directory ?? (packageName === undefined ? repositoryRoot : process.cwd()),
    `terraform.s3-logging.${accountId}.${region}.${name}.tfstate`,
  );
  const work = await temporaryDirectory();
  try {
    say("Plans …");
    const variables = variablesOf(values);
    const stack = await loggingStack({ directory: work.path, variables, emulatorUrl: local?.emulatorUrl, stateFile });
    const { text, hasChanges } = await stack.plan();
    say(`\n${text}\n`);
    if (hasChanges) {
      if (!options.yes && !isYes(await ask(`Apply this in account ${accountId}? [y/N]: `))) {
        say("Nothing was applied.");
        return false;
      }
      say("Applies …");
      await stack.apply();
    }
    await waitUntilActive(firehose, name);
    say(`The delivery stream ${name} is ACTIVE.`);
    const outputs = await stack.outputs();
    if (values.role)
      say(`Firehose writes by the role ${values.role}, which needs this policy:\n  ${outputs.role_policy}`);
    await showLine(values, { s3, firehose }, outputs.objects_uri!, say);
    say(furtherText(name, stateFile, local !== undefined, outputs));
    return true;
  } finally {
    await work.remove();
    s3.destroy();
    firehose.destroy();
  }
}

async function showLine(
  { streamName, bufferingIntervalSeconds }: ParameterValues,
  { s3, firehose }: Pick<Awaited<ReturnType<typeof setupAccount>>, "s3" | "firehose">,
  objectsUri: string,
  say: Answerer["say"],
): Promise<void> {
  const line = await putTestLine(firehose, String(streamName));
  const seconds = Number(bufferingIntervalSeconds);
  say(`A test line is sent; Firehose gathers for up to ${seconds} s, so it takes that long:\n  ${line.text}`);
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(objectsUri)!;
  const key = await findTestLine(s3, { bucket: bucket!, prefix: prefix! }, line, seconds);
  say(oneLine(`It is in s3://${bucket}/${key}.`));
}

function furtherText(
  name: string,
  stateFile: string,
  isLocal: boolean,
  outputs: Readonly<Record<string, string>>,
): string {
  return [
    "",
    `More test data: ${invocationOf("send")} --delivery-stream ${shellQuote(name)}${isLocal || packageName !== undefined ? "" : " --aws"}`,
    `What an application needs that writes to it: ${outputs.producer_policy}`,
    ...(isLocal
      ? []
      : [
          `Terraform's state is ${oneLine(stateFile)}: keep it. With it, the same command changes these parameters;`,
          "docs/firehose.md says how to take all of it away.",
        ]),
  ].join("\n");
}

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ListrTask } from "listr2";
import { freePort } from "../../tools/processes/port";
import { register } from "../../tools/processes/reaper";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { deferred } from "../deferred";
import { startEmulator } from "../emulator/emulator";
import { installOpenSearch, startOpenSearch } from "../opensearch/opensearch";
import type { StartOptions } from "../options";
import { publish, workingDirectories } from "../running";
import { logGroupVariables } from "../terraform/log-groups";
import { terraformEnvironment } from "../terraform/provider-mirror";
import { build, synthesize } from "../terraform/synthesize";
import { accessLogSteps } from "./access-log-steps";
import { checkPipelinePort } from "./check-port";
import { deliverySteps } from "./delivery-steps";
import { firehoseSteps } from "./firehose-steps";
import { checkPrerequisites } from "./prerequisites";
import { logDirectoryIn, logTo, type Session } from "./session";
import { emulatedStack, resourcesOf } from "./stacks";
import { concurrently, inOrder, step } from "./steps";

export type { Session };

interface RunOptions
  extends Pick<StartOptions, "lines" | "newLogGroups">,
    Partial<Pick<StartOptions, "accessLogs" | "withFirehose" | "searchEndpoint" | "emulatorPort" | "searchPort">> {
  /** The working directory, if the process that started this one has created it. */
  readonly directory?: string;
}

/** Returns the steps from nothing to searchable logs. */
export function startTasks(options: RunOptions): ListrTask<Session>[] {
  const planned = deferred<void>();
  const searchable = deferred<void>();
  const running = deferred<void>();
  const delivered = deferred<void>();
  const { accessLogs = [] } = options;
  return [
    step("Check prerequisites", async () => {
      if (options.emulatorPort !== undefined) await checkPipelinePort(options.emulatorPort, "The AWS emulator");
      if (options.searchPort !== undefined) await checkPipelinePort(options.searchPort, "OpenSearch");
      await checkPrerequisites(options.searchEndpoint !== undefined);
    }),
    step("Working directory", async (session, task) => {
      session.directory = options.directory ?? (await temporaryDirectory(workingDirectories)).path;
      register("directory", session.directory);
      await publish(session);
      session.logDirectory = logDirectoryIn(session.directory);
      await mkdir(session.logDirectory);
      // Chosen before it starts, because it is applied.
      const port = options.searchPort ?? (await freePort());
      session.isOwnEngine = options.searchEndpoint === undefined;
      session.searchEndpoint = options.searchEndpoint ?? `http://127.0.0.1:${port}`;
      // Another one's has answered before anything started.
      session.isSearchUp = !session.isOwnEngine;
      task.title += `: ${session.directory}`;
    }),
    concurrently<Session>("Start the AWS emulator and build", [
      step<Session>("Terraform's AWS provider", async () => {
        await terraformEnvironment();
      }),
      step("AWS emulator (moto)", async (session, task) => {
        session.emulatorUrl = (
          await startEmulator({
            ...(options.emulatorPort && { port: options.emulatorPort }),
            onLine: logTo(session, "emulator"),
          })
        ).url;
        task.title += `: ${session.emulatorUrl}`;
      }),
      ...(options.searchEndpoint === undefined
        ? [step<Session>("Fetch OpenSearch, unless cached", installOpenSearch)]
        : []),
      step("Build the function and synthesize the stacks", async ({ directory }) => {
        await build();
        await synthesize(directory);
      }),
    ]),
    concurrently<Session>("Apply the stacks", [
      step("log-archive: apply", async (session, task) => {
        session.logArchive = await emulatedStack(session, "log-archive");
        const report = resourcesOf(task, "log-archive");
        let [isListed, isApplied] = [true, false];
        session.archiveApplied = session.logArchive.apply((progress) => isListed && report(progress));
        session.archiveApplied.then(
          () => (isApplied = true),
          () => {},
        );
        // The provider waits for 55 seconds after a bucket's lifecycle configuration; no other step needs that.
        await Promise.race([session.archiveApplied, delivered.promise]);
        isListed = false;
        if (!isApplied)
          task.title = "log-archive: applied (Terraform's provider still waits for the bucket's lifecycle rules)";
      }),
      inOrder<Session>("logging-pipeline", [
        step("Apply, with a search endpoint instead of a domain", async (session, task) => {
          session.pipeline = await emulatedStack(session, "logging-pipeline");
          session.accountPlan = await session.pipeline.copyTo(join(session.directory, "account"));
          const logGroups = logGroupVariables(options.newLogGroups);
          await session.accountPlan.setVariables(logGroups);
          await session.pipeline.setVariables({ search_endpoint: session.searchEndpoint, ...logGroups });
          const report = resourcesOf(task, "logging-pipeline");
          await session.pipeline.apply((progress) => {
            planned.resolve();
            report(progress);
          });
          await searchable.promise;
        }),
        ...deliverySteps(options.lines, { running, delivered }),
      ]),
      ...(accessLogs.length > 0 ? [accessLogSteps(accessLogs, running.promise)] : []),
      ...(options.withFirehose ? [firehoseSteps(running.promise)] : []),
      // Planning takes all of the CPU; the apply after it mostly waits.
      step("Search engine", async (session, task) => {
        await planned.promise;
        await startSearch(session, options);
        session.isSearchUp = true;
        task.title += `: ${session.searchEndpoint}`;
        searchable.resolve();
      }),
      step("Plan as in a real account", async (session, task) => {
        await planned.promise;
        session.plan = await session.accountPlan.plan();
        task.title = `In a real account: ${session.plan}`;
      }),
    ]),
  ];
}

async function startSearch(session: Session, { searchEndpoint }: RunOptions): Promise<void> {
  if (searchEndpoint !== undefined) return;
  const port = Number(new URL(session.searchEndpoint).port);
  await startOpenSearch({ port, onLine: logTo(session, "opensearch") });
}

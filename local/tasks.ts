import { openSync, writeSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ListrTask } from "listr2";
import { awsClients } from "./aws/clients";
import { startEmulator } from "./emulator/emulator";
import { startAppliedMappings } from "./event-source-mapping/applied";
import type { EventSourceMapping } from "./event-source-mapping/mapping";
import type { LogLine } from "./log-events/line";
import { eventsOf, type PutEvent, putLines } from "./log-events/put";
import { startOpenSearch } from "./opensearch/opensearch";
import type { StartOptions } from "./options";
import { checkPrerequisites } from "./prerequisites";
import { temporaryDirectory } from "./processes/temporary-directory";
import { type ArchiveLocation, archiveLocation } from "./report/archive";
import type { SearchLocation } from "./report/search";
import { type GroupReport, waitForDelivery } from "./report/wait";
import { repositoryRoot } from "./repository";
import { concurrently, inOrder, step } from "./steps";
import { overrideProvider } from "./terraform/override";
import { terraformEnvironment } from "./terraform/provider-mirror";
import { type Stack, stackIn } from "./terraform/stack";
import { build, deploymentPackage, synthesize } from "./terraform/synthesize";

/** What the tasks hand on to one another, and to the report. */
export interface Session {
  directory: string;
  logDirectory: string;
  emulatorUrl: string;
  searchEndpoint: string;
  pipeline: Stack;
  logArchive: Stack;
  /** The pipeline's plan in a line, as it would be in an account. */
  plan: string;
  mappings: EventSourceMapping;
  search: SearchLocation;
  archive: ArchiveLocation;
  events: Map<string, PutEvent[]>;
  putAt: number;
  report: GroupReport[];
}

/** From nothing to searchable logs, step by step. */
export function tasks({ lines, searchEndpoint }: Pick<StartOptions, "lines" | "searchEndpoint">): ListrTask<Session>[] {
  return [
    step("Look for prerequisites", () => checkPrerequisites(searchEndpoint !== undefined)),
    step("Working directory", async (session, task) => {
      session.directory = (await temporaryDirectory(join(repositoryRoot, ".local"))).path;
      session.logDirectory = join(session.directory, "logs");
      await mkdir(session.logDirectory);
      task.title += `: ${session.directory}`;
    }),
    concurrently("Start services, build", [
      step("Terraform's AWS provider", async () => {
        await terraformEnvironment();
      }),
      step("AWS emulator (moto)", async (session, task) => {
        session.emulatorUrl = (await startEmulator({ onLine: logTo(session, "emulator") })).url;
        task.title += `: ${session.emulatorUrl}`;
      }),
      step("Search", async (session, task) => {
        session.searchEndpoint =
          searchEndpoint ?? (await startOpenSearch({ onLine: logTo(session, "opensearch") })).url;
        task.title += `: ${session.searchEndpoint}`;
      }),
      step("Build the function, synthesize the stacks", async ({ directory }) => {
        await build();
        await synthesize(directory);
      }),
    ]),
    // S3's provider waits for a minute for what nobody here waits for.
    concurrently("Run the stacks", [
      step("log-archive: apply", async (session) => {
        session.logArchive = await emulatedStack(session, "log-archive");
        await session.logArchive.apply();
      }),
      inOrder("logging-pipeline", pipelineSteps(lines)),
    ]),
  ];
}

function pipelineSteps(lines: readonly LogLine[]): ListrTask<Session>[] {
  return [
    step("Plan", async (session, task) => {
      session.pipeline = await emulatedStack(session, "logging-pipeline");
      session.plan = await session.pipeline.plan();
      task.title = session.plan;
    }),
    step("Apply, with the search endpoint above instead of a domain", async ({ pipeline, searchEndpoint }) => {
      await pipeline.setVariables({ search_endpoint: searchEndpoint });
      await pipeline.apply();
    }),
    step("Start the event source mappings", async (session) => {
      const { emulatorUrl, searchEndpoint, pipeline } = session;
      session.mappings = await startAppliedMappings({
        clients: awsClients(emulatorUrl),
        zip: await deploymentPackage(pipeline.directory),
        environment: { AWS_ENDPOINT_URL_S3: emulatorUrl },
        logTo: (name) => logTo(session, name),
      });
      const outputs = await pipeline.outputs();
      session.search = { endpoint: searchEndpoint, indexPattern: String(outputs.index_pattern) };
      session.archive = archiveLocation(String(outputs.archive_uri));
    }),
    step(`Put ${lines.length.toLocaleString("en-US")} log events`, async (session) => {
      const { logs } = awsClients(session.emulatorUrl);
      await putLines(logs, lines);
      session.putAt = Date.now();
      session.events = new Map();
      for (const group of new Set(lines.map(({ logGroup }) => logGroup))) {
        session.events.set(group, await eventsOf(logs, group));
      }
    }),
    step("Wait until all are searchable and archived", async (session, task) => {
      const destinations = { ...session, s3: awsClients(session.emulatorUrl).s3 };
      session.report = await waitForDelivery(session.events, destinations, session.putAt, (searchable) => {
        task.output = `${searchable.toLocaleString("en-US")} searchable`;
      });
    }),
  ];
}

async function emulatedStack({ directory, emulatorUrl }: Session, name: string): Promise<Stack> {
  const stack = stackIn(join(directory, "stacks", name));
  await overrideProvider(stack.directory, emulatorUrl);
  await stack.init();
  return stack;
}

/** The file stays open: what is still being ended may log when its directory is deleted already. */
function logTo({ logDirectory }: Session, name: string): (line: string) => void {
  const file = openSync(join(logDirectory, `${name}.log`), "a");
  return (line) => writeSync(file, `${new Date().toISOString()} ${line}\n`);
}

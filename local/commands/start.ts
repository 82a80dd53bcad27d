import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Listr, PRESET_TIMER, PRESET_TIMESTAMP } from "listr2";
import { eventIdOf } from "../../core/events/document-id";
import { duration } from "../../tools/text/duration";
import { shellQuote } from "../../tools/text/shell-quote";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { isSettledOnce } from "../access-logs/wait";
import { isDeliveredOnce } from "../application-lines/deliver";
import { isComplete } from "../delivery/delivery";
import { emulatorDocumentId } from "../delivery/event-id";
import { findByIds } from "../delivery/search";
import { EXIT, end, setResult } from "../ending";
import { explain } from "../explain";
import { type GivenStartOptions, type StartOptions, startOptions } from "../options";
import { startPage } from "../page/page";
import { accessLogQueries } from "../report/access-log-queries";
import { accessLogTable } from "../report/access-logs";
import { applicationTable } from "../report/application-lanes";
import { auditCommand, replayCommand, settingsCommand } from "../report/archive-commands";
import { furtherCommands } from "../report/further-commands";
import { lastErrors } from "../report/last-errors";
import { commandTable, exampleLines, reportTable } from "../report/tables";
import { publish } from "../running";
import { probeSearchEndpoint } from "../search-endpoint/probe";
import { writeSampleAccessLogs } from "../start/sample-access-logs";
import { shutdown } from "../start/steps";
import { type Session, startTasks } from "../start/tasks";
import { defaultLogGroups } from "../terraform/log-groups";
import { terraformEnvironment } from "../terraform/provider-mirror";
import { DIRECTORY_VARIABLE, type Ready } from "./detach";

/**
 * Runs the pipeline from nothing to searchable logs, reports, and leaves it running unless `exit` is set.
 *
 * @param errors of the command line
 * @throws UsageError, and what a step throws
 */
export async function start(given: GivenStartOptions, errors: ValidationErrors): Promise<void> {
  const needsSamples = given.lanes === "all" && given.accessLogs === undefined;
  const samples = needsSamples ? { accessLogs: await writeSampleAccessLogs() } : {};
  const options = await startOptions({ ...given, ...samples }, defaultLogGroups, Date.now(), {
    errors,
    say: console.log,
  });
  if (options.note) console.log(options.note);
  if (options.searchEndpoint) await probeSearchEndpoint(options.searchEndpoint);
  const session = {} as Session;
  const directory = process.env[DIRECTORY_VARIABLE];
  const list = new Listr(startTasks({ ...options, ...(directory && { directory }) }), {
    ctx: session,
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, timestamp: PRESET_TIMESTAMP },
  });
  // Nobody looks at what ends by itself.
  const page = given.page === false || options.exit ? undefined : await startPage({ tasks: list.tasks, session });
  if (page) {
    session.pageUrl = page.url;
    console.log(`Watch it: ${page.url}\n`);
  }
  shutdown.signal.addEventListener("abort", () => page?.over());
  try {
    await list.run();
    page?.started();
    await report(session, options);
  } catch (error) {
    page?.over(explain(error).message);
    throw error;
  }
}

async function report(session: Session, { exit }: StartOptions): Promise<void> {
  const { report: delivered, search, archive, emulatorUrl, examples, ledger, putAt } = session;
  const { accessLogReport, applicationReport = [] } = session;
  const isAllFound =
    delivered.groups.every(isComplete) &&
    (accessLogReport?.files ?? []).every(isSettledOnce) &&
    applicationReport.every(isDeliveredOnce);
  const exitCode = isAllFound ? EXIT.complete : EXIT.incomplete;
  setResult(exitCode);
  const documents = await findByIds(
    search,
    examples.map(({ id, logGroup }) => emulatorDocumentId(id, logGroup)),
  );
  const found = examples.filter(({ id }) => documents.some(({ _id }) => eventIdOf(_id) === id));
  console.log(`\n${reportTable(delivered)}\n`);
  if (accessLogReport) console.log(`${accessLogTable(accessLogReport)}\n`);
  if (applicationReport.length > 0) console.log(`${applicationTable(applicationReport)}\n`);
  if (found.length > 0) console.log(`Found, for instance:\n${exampleLines(found)}\n`);
  if (exitCode !== 0) console.log(`What went wrong:\n${lastErrors(session.logDirectory)}\n`);
  const total = `Total: ${duration(process.uptime() * 1000)}.`;
  if (exit) {
    console.log(`${total} The end waits for log-archive: Terraform's provider takes 55 s for a bucket's lifecycle.`);
    await session.archiveApplied;
    await end(exitCode);
  }

  const { TF_CLI_CONFIG_FILE } = await terraformEnvironment();
  const { from, to } = ledger.period;
  const indexSettings = join(session.directory, "index-settings.json");
  await writeFile(indexSettings, JSON.stringify(session.indexSettings, null, 2));
  const period = {
    archive,
    searchEndpoint: search.endpoint,
    indexSettings,
    from: new Date(from),
    to: new Date(to),
    arrived: new Date(putAt),
  };
  const further = await furtherCommands({
    ...session,
    examples: found,
    stackDirectory: session.pipeline.directory,
    terraformCliConfig: TF_CLI_CONFIG_FILE!,
    moreQueries: accessLogReport ? await accessLogQueries(search, accessLogReport.files) : [],
    more: [
      [
        "Replay the archive, in that account, with the settings of the last apply",
        settingsCommand(session.pipeline.directory, indexSettings),
        replayCommand(period),
      ],
      ["Compare the archive with the index, likewise", auditCommand(period)],
    ],
  });
  await publish(session, { emulatorUrl, searchEndpoint: search.endpoint, indexPattern: search.indexPattern });
  session.onChange = (line) => console.log(line);
  console.log(`In another terminal\n\n${further}\nThis pipeline:\n${commands(process.connected, session)}\n\n${total}`);
  process.send?.({ exitCode } satisfies Ready);
  await session.archiveApplied;
}

function commands(inBackground: boolean, { pageUrl, accessLogReport, applicationReport = [] }: Session): string {
  return commandTable([
    ...(pageUrl === undefined ? [] : [[pageUrl, "the page to watch it on"] as const]),
    ["npm start -- put --file app.log", "lines; without --file, standard input"],
    ...(accessLogReport ? [["npm start -- put --access-logs a.gz", "more access logs"] as const] : []),
    ...applicationReport.map(
      ({ lane: { deliveryStream } }) =>
        [`npm run send -- --delivery-stream ${shellQuote(deliveryStream)}`, "lines of an application"] as const,
    ),
    ["npm start -- status", "what runs, and whether it answers"],
    ["npm start -- stop", inBackground ? "end it" : "end it, as Ctrl-C does here"],
  ]);
}

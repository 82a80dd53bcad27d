import { cpus, loadavg } from "node:os";
import { join, relative } from "node:path";
import { Option } from "commander";
import { ENVIRONMENT } from "../core/settings/environment";
import { PARSER_NAMES } from "../core/settings/parser-names";
import { endEverything } from "../tools/processes/reaper";
import { count } from "../tools/text/numbers";
import { decimalNumber, ValueOption, wholeNumber } from "../tools/usage/option-value";
import { UsageCommand } from "../tools/usage/usage-command";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { corpora } from "./corpus/corpora";
import { bundleProcesses, OUTPUT } from "./processes/start";
import { type Tables, tableOf } from "./report/table";
import { judged } from "./report/targets";
import { assertCommit } from "./subjects/builds";
import { BENCH_PREFIX, BENCH_TEMPLATE } from "./subjects/index-engine";
import { ACCESS_LOGS_TABLES, type AccessLogsOptions, accessLogsSuite, OBJECT_MEGABYTES } from "./suites/access-logs";
import { type ColdOptions, coldSuite } from "./suites/cold";
import { type CompareOptions, compareSuite } from "./suites/compare";
import { coreSuite } from "./suites/core";
import { functionSuite } from "./suites/function";
import { INDEX_TABLES, type IndexOptions, indexSuite, SMALL_GROUPS } from "./suites/index";
import { loggerSuite } from "./suites/logger";
import { type MemoryOptions, memorySuite } from "./suites/memory";
import { type ParsersOptions, parsersSuite } from "./suites/parsers";
import { type PipelineOptions, pipelineSuite } from "./suites/pipeline";
import { rulesSuite } from "./suites/rules";
import { type StartSuiteOptions, startSuite } from "./suites/start";
import type { CaseOptions, SuiteOptions, SuiteResult } from "./suites/suite";

const NOTES = `Without a suite's name, core is measured.

Columns: "ms" are CPU time of the whole process, all its threads; × are medians of ratios within a round.
"× floor": of base64, gunzip and SHA-256, an inflater for each record; "× lean floor": one for records of 4 MiB together.
"× naive": how many times as long a forwarder takes that parses and writes everything.
"B more": bytes of a body for each event, beyond its message.
"TLS": the same requests over TLS, as in Lambda. "gzip": as over TLS, with
compressed bodies (compress_requests). "ms/M", "USD/M": for a million events, over TLS.
"peak MiB": of a process that does nothing else, the batch's JSON included.
"requests": the same bodies, sent unsigned by bare node:http.
"CPU µs", "disk B" and the other columns of index: npm run bench -- index --help.

CORPUS_DIR, an environment variable, names a folder of real logs to measure, too. See docs/performance.md.`;

const INDEX_NOTES = `Tables:
  content  access logs, JSON logs and CloudTrail: by dynamic mapping, and by the template without and with exact numbers
  choices  the template beside itself with one setting changed: order, codec, refresh, the documents of before
  groups   ${count(SMALL_GROUPS.events)} events of ${SMALL_GROUPS.counts.join(" and ")} log groups: all in one index, and each in an index of its own

Columns: "CPU µs" and "disk B" are those of one event. "less, %": than the first row of the same lines.
"fields": in the mapping. "refused": events that the engine did not take. "CPU s": of all events together.

All three tables take about 20 minutes on two cores; --tables and --rounds shorten that. For content and choices, two rounds
that do not count come first. An --engine that runs already should have nothing else to do. There, the indices
${BENCH_PREFIX}* and the index template ${BENCH_TEMPLATE} are created and deleted,
also those of an earlier run; others stay as they are.`;

const program = new UsageCommand("npm run bench --")
  .description("Measures the forwarder's CPU time, memory and latency, and judges the figures by their targets.")
  .usage("[suite] [options]")
  .addHelpText("after", `\n${NOTES}`);

function suite(name: string, description: string): UsageCommand {
  return program
    .command(name)
    .description(description)
    .option("--json", "print JSON")
    .option("--cpu-prof", "write a CPU profile of each measured process, which slows it down");
}

const suiteOfCases = (name: string, description: string): UsageCommand =>
  suite(name, description).addOption(
    new Option("--cases <texts...>", "only batches whose names have one of these texts, such as '× 1,000'"),
  );

suiteOfCases("core", "decode, write, pack, sign; the first events of a process").action(
  (options: GivenOptions & CaseOptions) => report("core", options, (profiles) => coreSuite({ ...options, profiles })),
);
suiteOfCases("function", "the built function as a whole, against local sinks, also over TLS").action(
  (options: GivenOptions & CaseOptions) =>
    report("function", options, (profiles) => functionSuite({ ...options, profiles })),
);
suite("cold", "from the start of a process to the first response")
  .option("--node <paths...>", "the Node.js to start", [process.execPath])
  .action((options: GivenOptions & ColdOptions) =>
    report("cold", options, (profiles) => coldSuite({ ...options, profiles })),
  );
suite("memory", "peak memory with the largest batches, again and again, in a 256 MB function's heap")
  .addOption(new ValueOption("--minutes <number>", "how long", decimalNumber(0.01, 1440)).default(1))
  .action((options: GivenOptions & MemoryOptions) =>
    report("memory", options, (profiles) => memorySuite({ ...options, profiles })),
  );
suite("pipeline", "from put to searchable: emulated Kinesis and S3, the built zip, OpenSearch")
  .addOption(new ValueOption("--events-per-second <number>", "of the steady load", wholeNumber(5, 20_000)).default(100))
  .action((options: GivenOptions & PipelineOptions) =>
    report("pipeline", options, (profiles) => pipelineSuite({ ...options, profiles })),
  );
suite("index", "the search engine's CPU and disk for an event: dynamic mapping against the template")
  .addOption(
    new ValueOption(
      "--engine <origin>",
      "a running engine, such as http://127.0.0.1:9200; OpenSearch is started without",
      ENVIRONMENT.SEARCH_ENDPOINT,
    ),
  )
  .addOption(new ValueOption("--rounds <number>", "rounds that count", wholeNumber(1, 1000)).default(3))
  .addOption(new Option("--tables <names...>", "what to measure").choices(INDEX_TABLES).default(INDEX_TABLES))
  .addHelpText("after", `\n${INDEX_NOTES}`)
  .action((options: GivenOptions & IndexOptions) => report("index", options, () => indexSuite(options)));
suite("parsers", "what each format's parser costs, beside the same lines as text; text that no parser knows")
  .addOption(new Option("--formats <names...>", "what to measure").choices(PARSER_NAMES).default(PARSER_NAMES))
  .action((options: GivenOptions & ParsersOptions) =>
    report("parsers", options, (profiles) => parsersSuite({ ...options, profiles })),
  );
suite("access-logs", "objects of S3: beside two other programs, in each format, and in memory")
  .addOption(
    new Option("--tables <names...>", "what to measure").choices(ACCESS_LOGS_TABLES).default(ACCESS_LOGS_TABLES),
  )
  .addOption(
    new Option("--megabytes <numbers...>", "sizes of the objects in memory, as gzip")
      .choices(OBJECT_MEGABYTES)
      .default(OBJECT_MEGABYTES),
  )
  .addOption(new ValueOption("--timeout <seconds>", "the function's, in memory", wholeNumber(5, 900)).default(60))
  .action((options: GivenOptions & AccessLogsOptions) =>
    report("access-logs", options, (profiles) => accessLogsSuite({ ...options, profiles })),
  );
suite("rules", "what rules cost, beside the same events without any").action((options: GivenOptions) =>
  report("rules", options, (profiles) => rulesSuite({ profiles })),
);
suite("logger", "packages/node-logger on an application's thread, beside pino alone; on Linux").action(
  (options: GivenOptions) => report("logger", options, (profiles) => loggerSuite({ profiles })),
);
suite("start", "from npm start to the link of its page, with warm caches")
  .addOption(new ValueOption("--rounds <number>", "starts that count", wholeNumber(1, 100)).default(5))
  .action((options: GivenOptions & StartSuiteOptions) => report("start", options, () => startSuite(options)));
suiteOfCases("compare", "the function of a commit, of the same commit again, and of the working tree, interleaved")
  .argument("<commit>", "a commit, tag or branch")
  .addOption(new ValueOption("--rounds <number>", "rounds of each case", wholeNumber(1, 1000)).default(42))
  .option("--tls", "send requests over TLS, as in Lambda")
  .action(async (commit: string, options: GivenOptions & CompareOptions) => {
    program.errors.throwIfAny();
    await assertCommit(commit);
    await report("compare", options, (profiles) => compareSuite({ ...options, profiles }, commit));
  });

interface GivenOptions {
  json?: true;
  cpuProf?: true;
}

/** Measures, and prints the tables and the targets that they are judged by. */
async function report(
  name: string,
  { json, cpuProf }: GivenOptions,
  measure: (profiles: SuiteOptions["profiles"]) => Promise<SuiteResult>,
): Promise<void> {
  program.errors.throwIfAny();
  const about = { machine: machine(), corpora: sources() };
  if (!json) console.log(`${[about.machine, ...about.corpora].join("\n")}\n`);
  bundleProcesses();
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const profiles = cpuProf && join(OUTPUT, "profiles", `${name}-${time}`);
  const { tables, failure } = await measure(profiles).finally(endEverything);
  const targets = judged(tables);
  const all: Tables = { ...tables, ...(targets.length > 0 && { Targets: targets }) };
  if (json) console.log(JSON.stringify({ ...about, tables: all }));
  else for (const [title, rows] of Object.entries(all)) console.log(`${title}\n\n${tableOf(rows)}\n`);
  if (profiles) {
    console.error(`CPU profiles: ${relative("", profiles)}/*.cpuprofile`);
    console.error("Open one in VS Code, or in Chrome: DevTools, Performance, Load profile.");
  }
  if (failure) {
    console.error(failure);
    process.exitCode = 1;
  }
}

/** The machine that was measured on: figures of two machines cannot be compared without it. */
function machine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]!.toFixed(1);
  return `Node.js ${process.version}, ${cpus().length} cores, ${cpu?.model ?? "unknown CPU"}, load ${load} at the start`;
}

/** Where each corpus comes from. */
function sources(): string[] {
  try {
    return corpora().map((corpus) => `${corpus.name}: ${corpus.source}`);
  } catch (error) {
    throw new UsageError([(error as Error).message]);
  }
}

const given = process.argv.slice(2);
const help = given.some((word) => ["-h", "--help"].includes(word));
if (!help && given.every((word) => word.startsWith("-"))) given.unshift("core");
program
  .parseAsync(given, { from: "user" })
  .then(() => program.errors.throwIfAny())
  .catch((error: Error) => {
    const isUsageError = error instanceof UsageError;
    console.error(isUsageError ? error.message : error.stack);
    process.exitCode = isUsageError ? USAGE_EXIT_CODE : 1;
  });

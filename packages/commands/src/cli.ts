import { version } from "../../../package.json";
import { packageName } from "../../../tools/installation";
import { quoted } from "../../../tools/text/one-line";
import { USAGE_EXIT_CODE, UsageError } from "../../../tools/usage/usage-error";

/** What each command does, and its program, which reads the command line and ends the process. */
const COMMANDS: Readonly<Record<string, readonly [summary: string, program: () => Promise<unknown>]>> = {
  replay: ["deliver again what was archived or quarantined", () => import("../../../replay/main")],
  audit: ["compare the archive with the index, and mend what differs", () => import("../../../audit/main")],
  sql: ["run SQL on the events of an archive; needs DuckDB", () => import("../../../query/sql/main")],
  grep: ["print the events of an archive that have a pattern", () => import("../../../query/grep/main")],
  tail: ["print events as they are archived", () => import("../../../query/tail/main")],
  search: ["set up the search side of a pipeline, and find events in it", () => import("../../../search/main")],
  setup: ["set up Firehose to S3 by a few questions; needs Terraform", () => import("../../../setup/main")],
  doctor: ["look for what is wrong with a pipeline", () => import("../../../doctor/main")],
  cost: ["say what a plan costs a month, and what lowers it", () => import("../../../cost/main")],
  sizing: ["say how large streams and search domain have to be", () => import("../../../sizing/main")],
  send: ["send test data into a stream, as an application would", () => import("../../../send/main")],
};

const names = Object.keys(COMMANDS);

const HELP = `Usage: npx ${packageName} <command> [options]

Commands for the Terraform module terraform-aws-logging-pipeline ${version}, with your own AWS credentials.

Commands:
${names.map((name) => `  ${name.padEnd(8)}${COMMANDS[name]![0]}`).join("\n")}

Options:
  --version  print the version
  --help     print this; after a command, its options

Exit codes: 0 all is done, 1 not all is, 2 nothing was done; the output says why.`;

const [name] = process.argv.splice(2, 1);
if (name === "--help" || name === "-h") console.log(HELP);
else if (name === "--version") console.log(version);
else if (name !== undefined && Object.hasOwn(COMMANDS, name)) COMMANDS[name]![1]();
else {
  const given = name === undefined ? "No command is given." : `Unknown command: ${quoted(name)}.`;
  console.error(new UsageError([`${given} Allowed: ${names.join(", ")}. See --help.`]).message);
  process.exitCode = USAGE_EXIT_CODE;
}

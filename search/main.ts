import { invocationOf } from "../tools/installation";
import { harmless } from "../tools/text/one-line";
import { UsageCommand } from "../tools/usage/usage-command";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { parseLinkArguments } from "./arguments/link-arguments";
import { addLinkOptions, type LinkOptions } from "./arguments/link-options";
import { parseSetupArguments } from "./arguments/setup-arguments";
import { addSetupOptions, addWriteOptions, type SetupOptions } from "./arguments/setup-options";
import { runLink } from "./link/command";
import { runSetup } from "./setup/command";

const HELP = `
Exit codes: 0 everything is as it should be, 1 something is not, 2 nothing was done; the output says why.

See docs/people.md and docs/searching.md.`;

const program = new UsageCommand(invocationOf("search"))
  .description("Sets up the search side of a pipeline, and finds events in it.")
  .addHelpText("after", HELP);
const { errors } = program;

const setup = async (options: SetupOptions): Promise<void> => {
  process.exitCode = await runSetup(parseSetupArguments(options, process.env, errors));
};

addWriteOptions(addSetupOptions(program.command("setup") as UsageCommand))
  .description("put roles, role mappings, index template, lifecycle policy and Dashboards' saved objects")
  .action(setup);

addSetupOptions(program.command("check") as UsageCommand)
  .description("show what `setup` would change, and exit with 1 if it would change anything")
  .action((options: SetupOptions) => setup({ ...options, check: true }));

addLinkOptions(program.command("link") as UsageCommand)
  .description("print the link to a search in Dashboards, and the curl command that finds the same")
  .action(async (options: LinkOptions) => {
    process.exitCode = await runLink(parseLinkArguments(options, process.env, errors));
  });

program
  .parseAsync()
  // A command that is missing or unknown runs no action, which would throw them.
  .then(() => errors.throwIfAny())
  // Connections that are kept alive would keep the process running for a while.
  .then(() => process.exit())
  .catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${harmless(error.message)}\n`);
    process.exit(USAGE_EXIT_CODE);
  });

import { RunDeadline } from "../archive/deadlines";
import { logLine } from "../replay/command";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { parseAuditArguments } from "./arguments/arguments";
import { auditCommandLine } from "./arguments/options";
import { AuditExitCode, runAudit } from "./command";

const deadline = new RunDeadline();

async function main(): Promise<number> {
  try {
    return await runAudit(parseAuditArguments(auditCommandLine().parse()), deadline);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    logLine(error.message);
    return USAGE_EXIT_CODE;
  }
}

// The reader has ended, such as `head`: what it has not read may be what is wrong.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(AuditExitCode.Differs);
});

// Connections that are kept alive would keep the process running for a while.
main().then((code) => process.exit(code));

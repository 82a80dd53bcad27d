import { RunDeadline } from "../archive/deadlines";
import { runProgram } from "../tools/usage/run-program";
import { parseAuditArguments } from "./arguments/arguments";
import { auditCommandLine } from "./arguments/options";
import { AuditExitCode, runAudit } from "./command";

const deadline = new RunDeadline();

runProgram(
  () => runAudit(parseAuditArguments(auditCommandLine().parse()), deadline),
  // What has not been read may be what is wrong.
  () => AuditExitCode.Differs,
);

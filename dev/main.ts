import { EXIT, end, endOnSignals, setResult } from "../local/ending";
import { explain } from "../local/explain";
import { processId, runningPipeline } from "../local/running";
import { defaultLogGroups } from "../local/terraform/log-groups";
import { repositoryRoot } from "../tools/repository";
import { ValueOption } from "../tools/usage/option-value";
import { UsageCommand } from "../tools/usage/usage-command";
import { dev } from "./dev";

interface GivenDevOptions {
  readonly pid?: number;
  readonly logGroup: string;
  readonly file?: string;
}

/** Each build reads the file again, so it cannot be standard input. */
const regularFile = { allowed: "a file", parse: (given: string) => (given === "-" ? undefined : given) };

endOnSignals(false);

const program = new UsageCommand("npm run dev --")
  .description("Watches the forwarder: builds it, deploys it into the running local pipeline, invokes it.")
  .option("--log-group <name>", "put the sample events into this log group", defaultLogGroups[0])
  .addOption(new ValueOption("--file <file>", "put this file's lines instead of generated ones", regularFile))
  .addOption(new ValueOption("--pid <number>", "the pipeline to use, if several are running", processId))
  .action(async ({ pid, logGroup, file }: GivenDevOptions) => {
    program.errors.throwIfAny();
    const { pid: running } = await runningPipeline(pid);
    console.log(`Watching functions/forwarder and core/ for the pipeline of process ${running}; Ctrl-C ends it.`);
    console.log("The pipeline keeps the last build afterwards. Fields of a report that are 0 are left out.");
    setResult(EXIT.complete);
    await dev({
      ...{ root: repositoryRoot, name: "forwarder", logGroup, file },
      pipeline: () => runningPipeline(pid),
      print: (text) => console.log(text),
    });
  });

program.parseAsync().catch(async (thrown: unknown) => {
  const { message, exitCode } = explain(thrown);
  console.error(message);
  await end(exitCode);
});

import { Command, InvalidArgumentError } from "commander";
import { EXIT, end, endOnSignals, setResult } from "../local/ending";
import { explain } from "../local/explain";
import { runningPipeline } from "../local/running";
import { defaultLogGroups } from "../local/terraform/log-groups";
import { repositoryRoot } from "../tools/repository";
import { harmless } from "../tools/text/one-line";
import { dev } from "./dev";

interface Given {
  readonly pid?: number;
  readonly logGroup: string;
  readonly file?: string;
}

endOnSignals(false);

new Command("npm run dev --")
  .description("Watches the forwarder: builds it, deploys it into the running local pipeline, invokes it.")
  .configureOutput({ outputError: (text, write) => write(harmless(text)) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.complete : EXIT.badOptions))
  .option("--log-group <name>", "put the sample events into this log group", defaultLogGroups[0])
  .option("--file <file>", "put this file's lines instead of generated ones", regularFile)
  .option("--pid <number>", "use this pipeline, when several run", processId)
  .action(async ({ pid, logGroup, file }: Given) => {
    const { pid: running } = await runningPipeline(pid);
    console.log(`Watching functions/forwarder and core/ for the pipeline of process ${running}; Ctrl-C ends it.`);
    setResult(EXIT.complete);
    await dev({
      ...{ root: repositoryRoot, name: "forwarder", logGroup, file },
      pipeline: () => runningPipeline(pid),
      print: (text) => console.log(text),
    });
  })
  .parseAsync()
  .catch(async (thrown: unknown) => {
    const { message, exitCode } = explain(thrown);
    console.error(message);
    await end(exitCode);
  });

function processId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It is the number that npm start -- status shows.");
  return Number(text);
}

function regularFile(text: string): string {
  if (text === "-") throw new InvalidArgumentError("Each build reads the lines anew, so they must be in a file.");
  return text;
}

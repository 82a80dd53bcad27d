import { EXIT, end, endOnSignals, finishFirst } from "../local/ending";
import { explain } from "../local/explain";
import { shutdown } from "../local/start/steps";
import { invocationOf, packageName } from "../tools/installation";
import { Progress } from "../tools/text/progress";
import { UsageCommand } from "../tools/usage/usage-command";
import { addSendOptions, type GivenSendOptions, sendOptions } from "./arguments";
import { isAllDelivered, sendReportText } from "./report";
import { send, sendAccount } from "./send";

const HELP = `
Exit codes: 0 every line was delivered, 1 not every line was, or none could be sent, 2 the command line is wrong;
the output says why.

See docs/applications.md.`;

process.exitCode = EXIT.failed;
endOnSignals(false);

const hasLocalPipeline = packageName === undefined;

const program = addSendOptions(new UsageCommand(invocationOf("send")), hasLocalPipeline)
  .description(
    "Sends test data, lines of a web server, into a stream: as an application would, by the logger for Node.js.",
  )
  .addHelpText("after", HELP)
  .action(async (given: GivenSendOptions) => {
    const options = sendOptions(given, program.errors, hasLocalPipeline);
    const account = await sendAccount(options);
    let text = "Nothing is sent yet";
    const progress = new Progress(process.stdout, () => text);
    const sending = send(options, account, {
      signal: shutdown.signal,
      // On a line of its own, after a terminal's progress.
      print: (line) => console.log(process.stdout.isTTY ? `\r${line}` : line),
      progress: (now) => {
        text = now;
      },
    }).finally(() => progress.end());
    const reported = sending.then((report) => {
      console.log(sendReportText(report));
      return isAllDelivered(report) ? EXIT.complete : EXIT.incomplete;
    });
    finishFirst(reported, 65_000);
    await end(await reported);
  });

program.parseAsync().catch(async (thrown: unknown) => {
  const { message, exitCode } = explain(thrown);
  console.error(message);
  await end(exitCode);
});

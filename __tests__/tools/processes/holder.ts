// A program of its own: starts what the pipeline starts, says what it was, and waits to be ended.
import { startProcess } from "../../../tools/processes/process";
import { endEverything } from "../../../tools/processes/reaper";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";

async function main(): Promise<void> {
  const { path } = await temporaryDirectory();
  // The shell's own child must end, too.
  const script = "sleep 600 & echo $!; wait";
  startProcess("sh", ["-c", script], {
    env: process.env,
    onLine: (pid) => console.log(JSON.stringify({ path, pid: Number(pid) })),
  });
  process.on("SIGINT", () => endEverything().then(() => process.exit(130)));
}

void main();

// A program of its own: starts a process and a temporary directory, says what they are, and ends.
import { startProcess } from "../../../tools/processes/process";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { endProcess, isEnding } from "../../../tools/shutdown/end";

async function main(): Promise<void> {
  const { path } = await temporaryDirectory();
  startProcess("sh", ["-c", "echo $$; sleep 600"], {
    env: process.env,
    onLine(pid) {
      console.log(JSON.stringify({ path, pid: Number(pid) }));
      console.log(isEnding());
      const before = async () => console.log("before");
      void endProcess(3, { before, after: (hadAnything) => console.log(`after: ${hadAnything}`) });
      console.log(isEnding());
      void endProcess(4);
    },
  });
}

void main();

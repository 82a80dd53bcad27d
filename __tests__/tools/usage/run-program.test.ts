import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../tools/repository";

const LINES = 4_000;
const LINE = "x".repeat(250);

const PROGRAM = `
  const { runProgram } = require(${JSON.stringify(join(repositoryRoot, "tools/usage/run-program.ts"))});
  runProgram(async () => {
    for (let n = 0; n < ${LINES}; n++) process.stdout.write("${LINE}\\n");
    return 3;
  }, () => 9);`;

describe("runProgram", () => {
  it("ends with the exit code when a slow reader has taken the whole output", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "--eval", PROGRAM], {
      cwd: repositoryRoot,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    let length = 0;
    for await (const chunk of child.stdout) {
      // More than fits into a pipe is left unread for a while.
      if (length === 0) await sleep(300);
      length += chunk.length;
    }
    expect(length).toBe(LINES * (LINE.length + 1));
    expect((await ended)[0]).toBe(3);
  });
});

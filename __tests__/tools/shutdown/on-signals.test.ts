import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that prints each step of its shutdown. */
async function startListening() {
  const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "listener.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const ready = once(output, "line");
  output.on("line", (line) => lines.push(line));
  await ready;
  const said = async (count: number) => {
    while (lines.length < count) await sleep(10);
  };
  return { child, lines, said };
}

/** Longer than two copies of the same Ctrl-C are apart. */
const LATER_MS = 600;

describe("onSignals", () => {
  it("counts the two signals of one Ctrl-C, from the terminal and from npm, as one", async () => {
    const { child, lines, said } = await startListening();
    child.kill("SIGINT");
    child.kill("SIGINT");
    await said(2);
    await sleep(LATER_MS);
    expect(lines).toEqual(["ready", "first: SIGINT"]);
    child.kill("SIGKILL");
  });

  it("takes the steps one after the other, by whichever signal, and then lets a signal end the process", async () => {
    const { child, lines, said } = await startListening();
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await said(2);
    await sleep(LATER_MS);
    child.kill("SIGTERM");
    await said(3);
    await sleep(LATER_MS);
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(lines).toEqual(["ready", "first: SIGINT", "second: SIGTERM"]);
  });
});

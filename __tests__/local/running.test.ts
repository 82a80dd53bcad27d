import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandOf, publish, RunningPipelineError, runningPipeline, runningPipelines } from "../../local/running";

const services = { emulatorUrl: "http://127.0.0.1:1", searchEndpoint: "http://127.0.0.1:2", indexPattern: "cwl-*" };
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "running-"));
});

afterEach(() => rm(parent, { recursive: true }));

async function directory(name: string, content?: object): Promise<string> {
  const path = join(parent, name);
  await mkdir(path);
  if (content) await writeFile(join(path, "pipeline.json"), JSON.stringify(content));
  return path;
}

describe("running pipelines", () => {
  it("are found by their published file, first as starting, then with their services", async () => {
    const path = await directory("one");
    await publish({ directory: path });
    expect(await runningPipelines(parent)).toEqual([
      {
        pid: process.pid,
        command: expect.any(String),
        directory: path,
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    await publish({ directory: path, pageUrl: "http://127.0.0.1:1/t/" }, services);
    expect(await runningPipeline(undefined, parent)).toMatchObject({ pid: process.pid, services });
  });

  it("are those whose process still runs and is the same one", async () => {
    const startedAt = "2026-01-01T00:00:00.000Z";
    const command = await commandOf(process.pid);
    await directory("of a process that has ended", { pid: 2 ** 30, command, startedAt });
    await directory("of a process whose id another one has now", { pid: process.ppid, command: "node x", startedAt });
    for (const pid of [0, -1, 1.5, "1", null]) await directory(`of no process (${pid})`, { pid, command, startedAt });
    await directory("of something else");
    await expect(runningPipelines(parent)).rejects.toThrow(
      new RunningPipelineError(
        "No pipeline runs from this folder. npm start starts one; with -- --detach, in the background.",
      ),
    );
  });

  it("have to be chosen by process id when there are several", async () => {
    const commands = await Promise.all([process.pid, process.ppid].map(commandOf));
    await directory("b", {
      pid: process.pid,
      command: commands[0],
      startedAt: "2026-01-02T00:00:00.000Z",
      directory: "b",
    });
    await directory("a", {
      pid: process.ppid,
      command: commands[1],
      startedAt: "2026-01-01T00:00:00.000Z",
      directory: "a",
    });
    expect((await runningPipelines(parent)).map(({ directory }) => directory)).toEqual(["a", "b"]);
    expect(await runningPipeline(process.ppid, parent)).toMatchObject({ directory: "a" });
    await expect(runningPipeline(undefined, parent)).rejects.toThrow(
      `2 pipelines run from this folder; choose one:\n  --pid ${process.ppid}   since 2026-01-01T00:00:00.000Z, in a\n  --pid ${process.pid} `,
    );
    await expect(runningPipeline(1, parent)).rejects.toThrow(
      "No pipeline with --pid 1 runs from this folder:\n  --pid",
    );
  });
});

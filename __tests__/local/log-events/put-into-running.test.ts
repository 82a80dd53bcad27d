import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PutIntoRunningOptions, putIntoRunning } from "../../../local/log-events/put-into-running";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { UsageError } from "../../../tools/usage/usage-error";
import { ValidationErrors } from "../../../tools/usage/validation-errors";
import { type LogsServer, startLogs } from "../../support/logs-server";

let directory: TemporaryDirectory;
let server: LogsServer;
let notes: string[];
let progress: [number, number | undefined][];

beforeEach(async () => {
  directory = await temporaryDirectory();
  server = await startLogs(["foo", "bar"]);
  notes = [];
  progress = [];
});

afterEach(async () => {
  await server.stop();
  await directory.remove();
});

const put = (inputs: PutIntoRunningOptions["inputs"], options: Partial<PutIntoRunningOptions> = {}) =>
  putIntoRunning({
    emulatorUrl: server.origin,
    inputs,
    skipInvalidLines: false,
    timeField: undefined,
    onProgress: (count, of) => progress.push([count, of]),
    note: (text) => notes.push(text),
    ...options,
  });

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(directory.path, name);
  await writeFile(path, content);
  return path;
}

function pipe(name: string): string {
  const path = join(directory.path, name);
  execFileSync("mkfifo", [path]);
  return path;
}

const messages = () => server.puts.flatMap(({ logEvents }) => logEvents.map(({ message }) => message));

describe("putIntoRunning", () => {
  it("creates a log group that the account's subscription delivers, but none that it excludes", async () => {
    await server.stop();
    server = await startLogs(["foo"], ["/aws/lambda/forwarder"]);
    const path = await file("a.log", "one\n");
    await put(["foo", "new"].map((logGroup) => ({ file: path, logGroup })));
    expect(server.created).toEqual(["new"]);
    expect(server.puts.map(({ logGroup }) => logGroup)).toEqual(["foo", "new"]);
    expect(notes).toContain("Created the log group new: the pipeline delivers every one of the account.");
    await expect(
      put(["/aws/lambda/forwarder", "no log group"].map((logGroup) => ({ file: path, logGroup }))),
    ).rejects.toThrow(
      /^- --log-group \/aws\/lambda\/forwarder is not delivered .* excludes it.*\n- --log-group is "no log group"\. Allowed: /m,
    );
    expect(server.created).toEqual(["new"]);
  });

  it("puts files into log groups, and returns the number of lines", async () => {
    const counts = await put([
      { file: await file("a.log", "one\ntwo\n"), logGroup: "foo" },
      { file: await file("b.log", "three\n"), logGroup: "bar" },
    ]);
    expect(counts).toEqual(
      new Map([
        ["foo", 2],
        ["bar", 1],
      ]),
    );
    expect(server.puts.map(({ logGroup, logStream }) => [logGroup, logStream])).toEqual([
      ["foo", "a.log"],
      ["bar", "b.log"],
    ]);
    expect(progress).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect(notes).toEqual(["All lines get the time of the put: none begins with a recognized time."]);
  });

  it("puts lines of a pipe while they are written", async () => {
    const path = pipe("live");
    const putting = put([{ file: path, logGroup: "foo" }]);
    const writer = createWriteStream(path);
    writer.write("one\ntw");
    await until(() => messages().length === 1);
    writer.end("o\n");
    expect(await putting).toEqual(new Map([["foo", 2]]));
    expect(messages()).toEqual(["one", "two"]);
    expect(progress).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("ends on abort, and puts the lines that it has read", async () => {
    const [silent, path] = [pipe("silent"), pipe("live")];
    // Opens the pipe, and never writes.
    const holder = spawn("sh", ["-c", 'exec sleep 60 > "$0"', silent]);
    const stopping = new AbortController();
    const inputs = [silent, path].map((each) => ({ file: each, logGroup: "foo" }));
    const putting = put(inputs, { signal: stopping.signal });
    const writer = createWriteStream(path);
    writer.write("one\n");
    await until(() => messages().length === 1);
    stopping.abort();
    expect(await putting).toEqual(new Map([["foo", 1]]));
    writer.destroy();
    holder.kill("SIGKILL");
    await once(holder, "close");
  });

  it("ends at the first line of a pipe that cannot be put, after putting those before it", async () => {
    const path = pipe("live");
    const putting = put([{ file: path, logGroup: "foo" }]);
    createWriteStream(path).end(
      Buffer.concat([Buffer.from("one\n"), Buffer.from([0xfc, 0x0a]), Buffer.from("three\n")]),
    );
    await expect(putting).rejects.toThrow(new RegExp(`^${path}: 1 line is not UTF-8 \\(line 2\\); convert them`));
    expect(messages()).toEqual(["one"]);
  });

  it("skips invalid lines on request, and reports them", async () => {
    const path = pipe("live");
    const putting = put([{ file: path, logGroup: "foo" }], { skipInvalidLines: true });
    createWriteStream(path).end(
      Buffer.concat([Buffer.from("one\n"), Buffer.from([0xfc, 0x0a]), Buffer.from("three\n")]),
    );
    expect(await putting).toEqual(new Map([["foo", 2]]));
    expect(notes).toContainEqual(`Skipped lines of ${path}: 1 line is not UTF-8 (line 2).`);
  });

  it("fails after a failed call even if nothing is written any more", async () => {
    const path = pipe("live");
    server.answer = () => ({ status: 400, body: { __type: "InvalidParameterException", message: "no" } });
    const putting = put([{ file: path, logGroup: "foo" }]);
    const writer = createWriteStream(path);
    writer.write("one\n");
    await expect(putting).rejects.toThrow("no");
    writer.destroy();
  });

  it("reports undelivered log groups and unreadable files together, with the errors of the command line", async () => {
    const inputs = [
      { file: "/nowhere.log", logGroup: "foo" },
      { file: await file("a.log", Buffer.from([0xfc])), logGroup: "qux" },
      { file: await file("b.log", "one\n"), logGroup: "/aws/lambda/forwarder" },
    ];
    const errors = new ValidationErrors();
    errors.add("Unknown option '--foo'.");
    const putting = put(inputs, { errors });
    await expect(putting).rejects.toThrow(UsageError);
    await expect(putting).rejects.toThrow(
      new RegExp(
        [
          "- Unknown option '--foo'\\.",
          "- --file /nowhere.log cannot be read: there is no such file\\.",
          "- --log-group qux is not delivered by the running pipeline, which delivers foo, bar; add it to log_groups .*",
          "- --log-group /aws/lambda/forwarder is not .*",
          "- --file .*a.log: 1 line is not UTF-8 .*$",
        ].join("\n"),
      ),
    );
    expect(server.puts).toEqual([]);
  });

  it("reports that no pipeline runs", async () => {
    await server.stop();
    await expect(put([{ file: await file("a.log", "one\n"), logGroup: "foo" }])).rejects.toThrow(
      `No local pipeline answers at ${server.origin}; npm start starts one.`,
    );
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

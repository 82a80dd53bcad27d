import { gzipSync } from "node:zlib";
import { parseTailArguments, tailCommandLine } from "../../query/arguments/tail";
import { runTail } from "../../query/tail/command";
import { UsageError } from "../../tools/usage/usage-error";
import { ARRIVAL, envelope, logEvent } from "../support/kinesis";
import { QueryHost } from "../support/query";
import { s3Error } from "../support/s3-server";

let host: QueryHost;
beforeEach(async () => {
  host = await QueryHost.start();
});
afterEach(() => host.stop());

const put = (hour: string, n: number, message: string, atMs = ARRIVAL + n) =>
  host.s3.put(
    `archive/2026/11/21/${hour}/foo/shardId-000000000000-${n}.gz`,
    gzipSync(`${JSON.stringify(envelope([logEvent(n, message, atMs)]))}\n`),
  );

/** Runs a tail whose clock begins at ARRIVAL; each step happens after a listing and takes so many minutes. */
async function tail(args: string[], steps: [minutes: number, step: () => void][]) {
  let nowMs = ARRIVAL;
  const clock = {
    now: () => nowMs,
    async sleep() {
      const next = steps.shift();
      if (!next) throw new UsageError(["ended"]);
      nowMs += next[0] * 60_000;
      next[1]();
    },
  };
  const command = {
    line: tailCommandLine,
    parse: parseTailArguments,
    run: (...[parsed, io]: Parameters<typeof runTail>) => runTail(parsed, io, clock),
  };
  const { output, log } = await host.run(command, args);
  return {
    messages: output
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" ").slice(3).join(" ")),
    log,
  };
}

describe("npm run tail", () => {
  it("begins with the last minutes, and follows over the hour, each object once", async () => {
    put("03", 1, "old", ARRIVAL - 11 * 60_000);
    put("03", 2, "first", ARRIVAL - 9 * 60_000);
    const { messages } = await tail(
      ["--log-group", "foo"],
      [
        [1, () => put("03", 3, "second")],
        [1, () => {}],
        [60, () => put("04", 4, "third")],
        [0, () => put("03", 5, "late")],
      ],
    );
    expect(messages).toEqual(["first", "second", "third", "late"]);
    const read = host.s3.read.map((key) => key.replace(/.*-(\d)\.gz/, "$1"));
    expect(read).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("prints what matches --grep", async () => {
    put("03", 1, "Task timed out");
    put("03", 2, "all is well");
    expect((await tail(["--grep", "TIMED", "-i"], [])).messages).toEqual(["Task timed out"]);
  });

  it("goes on after a listing that fails, and after a damaged object", async () => {
    host.s3.put("archive/2026/11/21/03/foo/shardId-000000000000-0.gz", Buffer.from("none"));
    const fail = () => {
      host.s3.intercept = (_, response) => {
        s3Error(response, 400, "BadRequest", "");
        return true;
      };
    };
    const { messages, log } = await tail(
      [],
      [
        [0, fail],
        [
          0,
          () => {
            host.s3.intercept = () => false;
            put("03", 1, "after");
          },
        ],
      ],
    );
    expect(messages).toEqual(["after"]);
    expect(log).toEqual([expect.stringMatching(/no whole gzip/), expect.stringMatching(/Cannot list bucket/), "ended"]);
  });

  it("says why it cannot begin, with all usage errors", async () => {
    host.s3.intercept = (_, response) => {
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    expect((await tail([], [])).log).toEqual([expect.stringMatching(/Cannot list bucket/)]);
    expect((await tail(["--since", "soon", "-i"], [])).log).toEqual([
      expect.stringMatching(/^--since is "soon"/),
      expect.stringMatching(/^--ignore-case applies only/),
    ]);
  });
});

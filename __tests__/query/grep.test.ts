import { gzipSync } from "node:zlib";
import { grepCommandLine, parseGrepArguments } from "../../query/arguments/grep";
import { runGrep } from "../../query/grep/command";
import { compactBeside } from "../support/compacted";
import { envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { QueryHost } from "../support/query";
import { s3Error } from "../support/s3-server";

const GREP = { line: grepCommandLine, parse: parseGrepArguments, run: runGrep };

let host: QueryHost;
beforeEach(async () => {
  host = await QueryHost.start();
});
afterEach(() => host.stop());

const run = (...args: string[]) => host.run(GREP, ["--from", "2026-11-21T02", "--to", "2026-11-21T04", ...args]);
const key = (n: number) => `archive/2026/11/21/03/foo/shardId-000000000000-${String(n).padStart(3, "0")}.gz`;
const gzipped = (...events: Parameters<typeof envelope>[0]) => gzipSync(`${JSON.stringify(envelope(events))}\n`);

describe("npm run grep", () => {
  it("prints the events that match, each once, in the order of the objects", async () => {
    for (let n = 0; n < 20; n++) host.s3.put(key(n), gzipped(logEvent(n, `cat ${n}`), logEvent(n + 1, `cat ${n + 1}`)));
    await host.archive([kinesisEvent(envelope([logEvent(90, "dog")]))], { archiveLayout: "stream" });
    const { exitCode, output, log } = await run("^CAT 1", "-i");
    expect(output.split("\n")).toEqual([
      ...[1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map(
        (n) => `2026-11-21T02:59:59.${String(n).padStart(3, "0")}Z foo stream-1 cat ${n}`,
      ),
      "",
    ]);
    expect([exitCode, log]).toEqual([0, ["11 events of 21 objects"]]);
    expect(JSON.parse((await run("dog", "--json")).output)).toMatchObject({ message: "dog", hour: "2026/11/21/03" });
    expect((await run("dog", "--log-group", "bar")).output).toBe("");
  });

  it("prints each event once, whether its object is compacted, is beside a compacted one or came late", async () => {
    for (let n = 0; n < 5; n++) host.s3.put(key(n), gzipped(logEvent(n, `cat ${n}`)));
    const originals = await compactBeside(host.s3);
    expect(originals).toHaveLength(5);
    host.s3.put(key(7), gzipped(logEvent(7, "cat 7")));
    const messages = async () => (await run("cat")).output.match(/cat \d/g);
    const all = ["cat 0", "cat 1", "cat 2", "cat 3", "cat 4", "cat 7"];
    expect(await messages()).toEqual(all);
    for (const original of originals) host.s3.objects.delete(original);
    expect([host.s3.objects.size, await messages()]).toEqual([2, all]);
  });

  it("names an object that is damaged, prints what the others have, and exits with 1", async () => {
    host.s3.put(key(1), gzipped(logEvent(1)).subarray(0, -9));
    host.s3.put(key(2), gzipped(logEvent(2)));
    const { exitCode, output, log } = await run("line");
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/line 2\n$/)]);
    expect(log).toEqual([expect.stringContaining(`${key(1)} no whole gzip`), "1 event of 2 objects"]);
  });

  it("rejects a pattern that is none, a range and a bucket, each with exit code 2", async () => {
    const wrong = await host.run(GREP, ["--from", "2026-11-21", "--to", "2026-11-21", "a(?=b)"]);
    expect(wrong).toMatchObject({ exitCode: 2, output: "" });
    expect(wrong.log).toEqual([
      expect.stringMatching(/^The pattern is "a\(\?=b\)"/),
      expect.stringMatching(/--from must be before/),
    ]);
    host.s3.intercept = (_, response) => {
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    expect(await run("a")).toMatchObject({ exitCode: 2, log: [expect.stringMatching(/Cannot list bucket/)] });
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import { ARCHIVE_QUERIES } from "../../core/settings/archive-queries";
import { EVENT_COLUMNS } from "../../core/settings/archive-table";
import { parseSqlArguments, sqlCommandLine } from "../../query/arguments/sql";
import { runSql } from "../../query/sql/command";
import { rowsOfAthenaView } from "../support/athena-view";
import { compactBeside } from "../support/compacted";
import { archivedLines } from "../support/conditional-bucket";
import { ARRIVAL, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { QueryHost } from "../support/query";
import { s3Error } from "../support/s3-server";

const SQL = { line: sqlCommandLine, parse: parseSqlArguments, run: runSql };
const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const HOUR = "archive/2026/11/21/03";

let host: QueryHost;
beforeEach(async () => {
  host = await QueryHost.start();
});
afterEach(() => host.stop());

const run = (...args: string[]) => host.run(SQL, [...RANGE, ...args]);

/** The rows of a statement whose result has to be whole. */
async function rows(sql: string, ...args: string[]): Promise<unknown[]> {
  const { exitCode, output, log } = await run("--json", ...args, sql);
  expect([exitCode, log]).toEqual([0, expect.anything()]);
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const key = (n: number, place = "foo") => `${HOUR}/${place}/shardId-000000000000-${n}.gz`;
const gzipped = (...values: unknown[]) => gzipSync(values.map((value) => `${JSON.stringify(value)}\n`).join(""));

describe("npm run sql", () => {
  it("has a row for each event, of both layouts, with the columns that are documented", async () => {
    await host.archive([
      kinesisEvent(envelope([logEvent(1, '{"level":"WARN","user":{"id":"u1"}}'), logEvent(2, "plain 🐈")])),
    ]);
    const bar = envelope([logEvent(3)], { logGroup: "/aws/bar", owner: "222222222222" });
    await host.archive([kinesisEvent(bar)], { archiveLayout: "stream" });
    expect([...host.s3.objects.keys()].map((each) => each.split("/")[5])).toEqual([
      "foo",
      "stream=logging-pipeline_foo",
    ]);
    const [first, second, third] = await rows("select * from events order by id");
    expect(first).toEqual({
      time: "2026-11-21 02:59:59.001",
      hour: "2026/11/21/03",
      account: "111111111111",
      log_group: "foo",
      log_stream: "stream-1",
      id: eventId(1),
      message: '{"level":"WARN","user":{"id":"u1"}}',
      json: '{"level":"WARN","user":{"id":"u1"}}',
      object: expect.stringMatching(/^archive\/2026\/11\/21\/03\/foo\/shardId-000000000000-\d+\.gz$/),
    });
    expect(second).toMatchObject({ message: "plain 🐈", json: null });
    expect(third).toMatchObject({ account: "222222222222", log_group: "/aws/bar" });
    expect(await rows("select json ->> '$.user.id' as id from events where json is not null")).toEqual([{ id: "u1" }]);
  });

  it("has the columns that docs/querying.md lists, and those of its view for Athena", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    const columns = (await rows("describe events")).map((row) => (row as { column_name: string }).column_name);
    const docs = readFileSync(join(__dirname, "../../docs/querying.md"), "utf8");
    expect([...docs.matchAll(/^\| `(\w+)` \| (?:text|timestamp|JSON) \|/gm)].map(([, name]) => name)).toEqual(columns);
    expect(Object.keys(EVENT_COLUMNS)).toEqual(columns);
    const [, selected] = /VIEW events AS\nSELECT (.*?)\nFROM \(/s.exec(docs)!;
    const outside = selected!.replaceAll(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, "");
    expect(outside.split(",").map((column) => /(\w+)$/.exec(column)![1])).toEqual(columns);
  });

  it("has the rows of Athena's view, whose text DuckDB runs with its own forms of UNNEST and IF", async () => {
    const central = { "@aws.account": "333333333333", "@source.log": "/source", level: "a" };
    const extracted = envelope([{ ...logEvent(4, "not {json}"), extractedFields: central }], { logGroup: "central" });
    await host.archive([kinesisEvent(envelope([logEvent(1, '{"n":1}'), logEvent(2, "plain 🐈\nline")]), extracted)]);
    const shared = [envelope([logEvent(3)], { logGroup: "/aws/bar", owner: "222222222222" }), extracted];
    await host.archive([kinesisEvent(...shared)], { archiveLayout: "stream" });
    // Two members, one without data, and an event that another object has, too.
    host.s3.put(
      key(7),
      Buffer.concat([gzipped(envelope([logEvent(5)])), gzipped(envelope([logEvent(1, '{"n":1}')])), gzipSync("")]),
    );

    const bodies = new Map([...host.s3.objects].map(([name, { body }]) => [name, body]));
    const ofAthena = await rowsOfAthenaView(bodies, join(host.folder, "athena"));
    expect(ofAthena).toHaveLength(5);
    const withoutObject = (row: unknown) => ({ ...(row as object), object: undefined });
    expect(ofAthena.map(withoutObject)).toEqual((await rows("select * from events order by id")).map(withoutObject));
  });

  it("lists each saved query in docs/querying.md", () => {
    const docs = readFileSync(join(__dirname, "../../docs/querying.md"), "utf8");
    for (const { name, description } of ARCHIVE_QUERIES) expect(docs).toContain(`| \`${name}\` | ${description} |`);
  });

  it("answers the same before and after compaction, and while originals lie beside what was made of them", async () => {
    const objects = ["foo", "stream=apps"].flatMap((place, stream) =>
      Array.from({ length: 5 }, (_, i) => {
        const events = [logEvent(100 * stream + 2 * i, "ERROR: no 🐈"), logEvent(100 * stream + 2 * i + 1, '{"n":1}')];
        const line = JSON.stringify(envelope(events, { logGroup: stream === 0 ? "foo" : `/app/${i}` }));
        return [key(i, place), archivedLines([line])] as const;
      }),
    );
    for (const [name, body] of objects) host.s3.put(name, body);
    const columns = "select time, hour, account, log_group, log_stream, id, message, json from events order by all";
    const answers = async () => [await rows(columns), await rows("errors-by-hour", "--saved")];
    const before = await answers();
    expect(before[0]).toHaveLength(20);

    const originals = await compactBeside(host.s3);
    expect(originals).toEqual(objects.map(([name]) => name));
    expect(await answers()).toEqual(before);
    for (const name of originals) host.s3.objects.delete(name);
    expect([...host.s3.objects.keys()]).toEqual(
      ["foo", "stream=apps"].map((place) => `${HOUR}/${place}/compacted-000000.gz`),
    );
    expect(await answers()).toEqual(before);
  });

  it("counts an event once that several objects have", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1), logEvent(2)])));
    host.s3.put(
      key(2),
      gzipped(envelope([logEvent(2), logEvent(3)]), envelope([logEvent(3)], { owner: "222222222222" })),
    );
    expect(await rows("select count(*) as events, count(distinct object) as objects from events")).toEqual([
      { events: 4, objects: 2 },
    ]);
  });

  it("reads members after one another, and empty ones at the end", async () => {
    const members = [gzipped(envelope([logEvent(1)])), gzipped(envelope([logEvent(2)])), gzipSync(""), gzipSync("")];
    host.s3.put(key(1), Buffer.concat(members));
    expect(await rows("select count(*) as events from events")).toEqual([{ events: 2 }]);
  });

  it("takes the events of the range, the log group and the account", async () => {
    const at = (n: number, time: string) => logEvent(n, "m", Date.parse(time));
    const central = { ...logEvent(5), extractedFields: { "@aws.account": "333333333333", "@source.log": "far" } };
    host.s3.put(key(1), gzipped(envelope([at(1, "2026-11-21T01:59:59.999Z"), at(2, "2026-11-21T02:00:00Z")])));
    host.s3.put(key(2), gzipped(envelope([at(3, "2026-11-21T03:59:59.999Z"), at(4, "2026-11-21T04:00:00Z"), central])));
    host.s3.put(key(3, "stream=s"), gzipped(envelope([logEvent(6)], { logGroup: "it's" })));
    host.s3.put(key(4, "bar"), gzipped(envelope([logEvent(7)], { logGroup: "bar" })));
    const numbers = async (...args: string[]) =>
      (await rows("select id::hugeint::int as n from events order by 1", ...args)).map(
        (row) => (row as { n: number }).n,
      );
    expect(await numbers()).toEqual([2, 3, 5, 6, 7]);
    expect(await numbers("--log-group", "foo")).toEqual([2, 3, 5]);
    expect(await numbers("--log-group", "it's")).toEqual([6]);
    expect(await numbers("--account", "333333333333")).toEqual([5]);
    expect(await rows("select log_group, account from events where id like '%5'")).toEqual([
      { log_group: "far", account: "333333333333" },
    ]);
  });

  it("requests the objects of the hours that are asked for, and each version of an object once", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    host.s3.put("archive/2026/11/21/09/foo/shardId-000000000000-9.gz", gzipped(envelope([logEvent(9)])));
    await rows("select 1 from events", "--log-group", "foo");
    expect(host.s3.listed.toSorted()).toEqual(
      ["00", "01", "02", "03", "04"].flatMap((hour) => [
        `archive/2026/11/21/${hour}/foo/`,
        `archive/2026/11/21/${hour}/stream=`,
      ]),
    );
    await rows("select 1 from events");
    expect(host.s3.read).toEqual([key(1)]);
    host.s3.put(key(1), gzipped(envelope([logEvent(1, "another")])));
    expect(await rows("select message from events")).toEqual([{ message: "another" }]);
  });

  it("reads what strangers wrote as data", async () => {
    const hostile = [
      "'); DROP VIEW events; --",
      "a\u0000b\ud800",
      '{"a":"\\ud800"}',
      `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
      `{"x":"${"y".repeat(17 * 1024 * 1024)}"}`,
      "\u001b[2J\r\n",
    ];
    const strange = { logGroup: "x'\" ${hour} \n?", logStream: "../../\u0000" };
    host.s3.put(
      key(1, encodeLogGroup(strange.logGroup)),
      gzipped(
        envelope(
          hostile.map((message, n) => logEvent(n, message)),
          strange,
        ),
      ),
    );
    expect(await rows("select length(message) as l from events order by id")).toEqual(
      [24, 4, 14, 200_000, 17825800, 6].map((l) => ({ l })),
    );
    expect(await rows("select log_group, log_stream from events limit 1")).toEqual([
      { log_group: strange.logGroup, log_stream: strange.logStream },
    ]);
    expect(await rows("select 1 from events", "--log-group", strange.logGroup)).toHaveLength(hostile.length);
    expect(readdirSync(join(host.folder, "logging-pipeline/archive/events"))).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}\.\d+\.gz$/),
    ]);
  });

  it.each([
    ["selec 1", /syntax error/],
    ["select nothing from events", /"nothing" not found/],
    ["select 1; select 2", /2 statements are given/],
    ["create table t as select 1", /CREATE is given. Allowed: SELECT, EXPLAIN/],
    ["select * from read_text('/etc/hostname')", /disabled/],
    ["explain analyze create table t as select 1", /CREATE is given. Allowed: SELECT, EXPLAIN/],
    ["/* /* */ explain select 1 -- */ explain analyze create table t as select 1", /EXPLAIN is not at the beginning/],
    ["copy (select 1) to '/tmp/of-sql.csv'", /COPY is given|disabled/],
    ["select * from events where hour = ?", /it has 1 parameters/],
  ])("rejects SQL before it requests anything: %s", async (sql, error) => {
    const { exitCode, output, log } = await run(sql);
    expect([exitCode, output]).toEqual([2, ""]);
    expect(log).toEqual([expect.stringMatching(error)]);
    expect(host.s3.requests).toEqual([]);
  });

  it("writes nothing into the cache for a statement that would, and explains one that reads", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    await rows("explain (analyze, format json) select count(*) from events");
    const folder = join(host.folder, "logging-pipeline/archive/events");
    const before = readdirSync(folder);
    const copy = await run(`explain analyze copy (select * from events) to '${join(folder, before[0]!)}'`);
    expect([copy.exitCode, copy.log]).toEqual([2, [expect.stringMatching(/disabled by configuration/)]]);
    await run(`from enable_logging(level = 'trace', storage = 'file', storage_path = '${join(folder, "log")}')`);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("leaves a folder alone that is in the cache for long", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    const stray = join(host.folder, "logging-pipeline/archive/events/stray");
    mkdirSync(stray, { recursive: true });
    utimesSync(stray, 0, 0);
    expect(await rows("select count(*) as n from events")).toEqual([{ n: 1 }]);
    expect(existsSync(stray)).toBe(true);
  });

  it("reads files of a cache whose folder has any name", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    const cache = join(relative(process.cwd(), host.folder), "it's [a] *cache*");
    expect(await rows("select count(*) as n from events", "--cache", cache)).toEqual([{ n: 1 }]);
  });

  it("has a help that tells what each saved query answers", () => {
    let help = "";
    sqlCommandLine()
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp();
    for (const { name, description } of ARCHIVE_QUERIES)
      expect(help).toContain(`\n  ${name.padEnd(21)}  ${description}\n`);
  });

  it("reports all usage errors together", async () => {
    const { exitCode, log } = await host.run(SQL, ["--from", "2026-11-22", "--to", "2026-11-21", "--json", "--csv"]);
    expect(exitCode).toBe(2);
    for (const error of ["No SQL is given", "--json and --csv", "--from must be before --to"]) {
      expect(log).toContainEqual(expect.stringContaining(error));
    }
  });

  it("says that there is no object, and why the bucket cannot be listed", async () => {
    expect(await run("select 1")).toEqual({
      exitCode: 2,
      output: "",
      log: [expect.stringMatching(/has no object below archive\//)],
    });
    host.s3.intercept = (_, response) => {
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    expect((await run("select 1")).log).toEqual([expect.stringMatching(/Cannot list bucket .*AccessDenied/)]);
  });

  it("names damaged objects and prints no rows; leaves them out when that is asked for", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    host.s3.put(key(2), gzipped(envelope([logEvent(2)])).subarray(0, -9));
    host.s3.put(key(3), gzipped({ messageType: "DATA_MESSAGE" }));
    const failed = await run("select count(*) from events");
    expect([failed.exitCode, failed.output]).toEqual([2, ""]);
    for (const [n, reason] of [
      [2, "no whole gzip"],
      [3, "line 1"],
    ] as const) {
      expect(failed.log).toContainEqual(expect.stringContaining(`${key(n)} ${reason}`));
    }
    const whole = await run("--skip-damaged", "--csv", "select count(*) as n from events");
    expect([whole.exitCode, whole.output]).toEqual([1, "n\n1\n"]);
  });

  it("exits with 1 for a query that fails at a row", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1)])));
    const { exitCode, log } = await run("select message::int from events");
    expect(exitCode).toBe(1);
    expect(log.at(-1)).toMatch(/^The query failed: .*Could not convert/);
  });

  it("prints a table that no message can break, and CSV", async () => {
    host.s3.put(key(1), gzipped(envelope([logEvent(1, 'a,"b"\n\u001b[2Jc')])));
    const sql = "select 7 as n, message, null as nothing from events";
    expect((await run(sql)).output).toBe('n  message  nothing\n─  ───────  ───────\n7  a,"b" c\n');
    expect((await run("--csv", sql)).output).toBe('n,message,nothing\n7,"a,""b""\n\u001b[2Jc",\n');
  });
});

describe("the saved queries", () => {
  const cloudTrail = (n: number, errorCode?: string) =>
    logEvent(
      n,
      JSON.stringify({
        eventSource: "s3.amazonaws.com",
        eventName: "GetObject",
        userIdentity: { arn: "arn:aws:iam::1:user/a" },
        errorCode,
      }),
    );
  const lambda = (n: number, ms: number) =>
    logEvent(n, `REPORT RequestId: 8f507cfc-0000-4000-8000-00000000000${n}\tDuration: ${ms} ms\tBilled Duration: 1 ms`);
  const EVENTS = [
    cloudTrail(1),
    cloudTrail(2, "AccessDenied"),
    lambda(3, 12.5),
    lambda(4, 900.25),
    logEvent(5, '{"level":"error","message":"order 17 failed"}'),
    logEvent(6, '{"level":"error","message":"order 18 failed"}'),
    logEvent(7, "java.lang.Error: no"),
    logEvent(8, '{"level":"info","message":"an error was avoided"}'),
    logEvent(9, "2 123456789010 eni-1 203.0.113.12 172.31.16.139 0 22 6 4 336 1432917027 1432917142 REJECT OK"),
  ];
  const EXPECTED: Record<string, unknown[]> = {
    "events-by-log-group": [{ log_group: "foo", events: 9 }],
    "errors-by-hour": [{ begin: "2026-11-21 02:00:00", log_group: "foo", errors: 3 }],
    "repeated-errors": [
      { text: "order  failed", errors: 2 },
      { text: "java.lang.Error: no", errors: 1 },
    ],
    "slowest-invocations": [
      { milliseconds: 900.25, request_id: "8f507cfc-0000-4000-8000-000000000004" },
      { milliseconds: 12.5 },
    ],
    "durations-by-function": [{ log_group: "foo", invocations: 2 }],
    "who-called-what": [
      { caller: "arn:aws:iam::1:user/a", service: "s3.amazonaws.com", operation: "GetObject", calls: 2 },
    ],
    "denied-calls": [{ caller: "arn:aws:iam::1:user/a", error: "AccessDenied", calls: 1 }],
    "rejected-connections": [
      { source: "203.0.113.12", destination: "172.31.16.139", port: "22", flows: 1, packets: 4 },
    ],
  };

  it.each(ARCHIVE_QUERIES.map(({ name }) => name))("answers by DuckDB: %s", async (name) => {
    await host.archive([kinesisEvent(envelope(EVENTS))]);
    const { exitCode, output, log } = await run("--json", "--saved", name);
    expect([exitCode, log]).toEqual([0, expect.anything()]);
    const found = output
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(found).toMatchObject(EXPECTED[name]!);
    expect(ARRIVAL).toBe(Date.parse("2026-11-21T03:00:00Z"));
  });
});

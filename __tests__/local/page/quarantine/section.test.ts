import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsClients } from "../../../../local/aws/clients";
import type { ReplayProcess } from "../../../../local/page/quarantine/replay-process";
import { type QuarantineSection, quarantineSection } from "../../../../local/page/quarantine/section";
import type { PageAnswer, RouteName } from "../../../../local/page/server/section";
import type { QuarantineAnswer, QuarantineRows, ReplayRun } from "../../../../local/page/shared/quarantine";
import type { Session } from "../../../../local/start/session";
import type { TerraformStack } from "../../../../local/terraform/stack";
import { envelope, logEvent } from "../../../support/kinesis";
import {
  deadLetterObject,
  firehoseErrorsObject,
  type PutObject,
  QUARANTINE_BUCKET,
  quarantinePlaces,
  rejectedLogLinesObject,
  rejectedObject,
  undeliveredObject,
} from "../../../support/quarantined";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";

let s3: S3Server;
let section: QuarantineSection;
let started: { words: readonly string[]; url: string; done: string[]; end(how: string): void }[];
let session: Partial<Session>;
let folder: string;
/** Of the pipeline's streams. */
let timeFields: ReadonlyMap<string, string>;

beforeEach(async () => {
  s3 = await startS3(QUARANTINE_BUCKET);
  [started, timeFields] = [[], new Map()];
  folder = mkdtempSync(join(tmpdir(), "quarantine-"));
  const outputs = { index_settings: { value: { prefix: "cwl-" } } };
  writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify({ outputs }));
  session = {
    ...{ emulatorUrl: s3.origin, directory: folder, pipeline: { directory: folder } as TerraformStack },
    search: { endpoint: "http://127.0.0.1:1", indexPattern: "cwl-*" },
  };
  section = quarantineSection(session, {
    sources: async () => ({
      s3: awsClients(s3.origin).s3,
      places: quarantinePlaces().map((place) => ({ ...place, timeFields })),
    }),
    startReplay: (url) => (words, onLine) => {
      let end: (how: string) => void = () => {};
      const ended = new Promise<string>((resolve) => {
        end = resolve;
      });
      const done: string[] = [];
      started.push({ words, url, done, end });
      onLine("begun");
      return {
        ended,
        interrupt: () => void done.push("interrupt"),
        stop: async () => end("signal SIGKILL"),
      } satisfies ReplayProcess;
    },
  });
});
afterEach(async () => {
  await section.stop();
  await s3.stop();
  rmSync(folder, { recursive: true });
});

const put = ({ key, body, metadata }: PutObject, minutes = 0) =>
  s3.put(key, body, metadata, new Date(Date.parse("2026-11-21T04:00:00Z") + minutes * 60_000));

async function ask<T>(route: RouteName, query: Record<string, string> = {}, body: unknown = {}): Promise<T> {
  const request = {
    query: new URLSearchParams(query),
    body: Buffer.from(JSON.stringify(body)),
    signal: new AbortController().signal,
  };
  const answer: PageAnswer = await section.routes[route]!.handle(request);
  return ("json" in answer ? answer.json : answer) as T;
}
const answer = (origin?: string) => ask<QuarantineAnswer>("GET api/quarantine", origin === undefined ? {} : { origin });
const kindIn = ({ kinds }: QuarantineAnswer, kind: string) => kinds.find((one) => one.kind === kind)!;

const MAPPING = (id: string) => `400 mapper_parsing_exception: failed to parse field [a] in document with id '${id}'`;
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ message: `line ${n}`, rejection: MAPPING(`${n}`) }));
const RANGE = { from: "2026-11-21T02", to: "2026-11-21T03" };

describe("the quarantine section", () => {
  it("groups what is in quarantine by reason, with where it comes from and what a replay takes", async () => {
    put(rejectedObject([...many(3), { message: "x", rejection: "other" }]));
    put(rejectedObject(many(2), { logGroup: "bar", first: 11 }));
    put(deadLetterObject(Buffer.from("1f8b08ff", "hex"), "corrupt"));
    put(undeliveredObject(envelope([logEvent(21)])));
    put(rejectedLogLinesObject());
    put(firehoseErrorsObject("{}"));
    put({ key: "firehose-failed/not-a-failure", body: Buffer.from("x") });
    const all = await answer();
    expect(all.problems).toEqual([]);
    expect(all.kinds.map(({ kind, objects, entries }) => [kind, objects, entries])).toEqual([
      ["rejected", 2, 6],
      ["dead-letter", 1, 1],
      ["undelivered", 1, 1],
      ["access-logs", 1, 2],
      ["firehose", 1, 1],
    ]);
    expect(kindIn(all, "rejected")).toMatchObject({
      offer: RANGE,
      reasons: [
        { text: MAPPING("…"), entries: 5, events: 5, objects: 2 },
        { text: "other", entries: 1 },
      ],
    });
    expect(kindIn(all, "firehose")).not.toHaveProperty("offer");
    expect(all.origins.map(({ value, count }) => [value, count])).toEqual([
      ["foo", 5],
      ["bar", 2],
      ["my-logs", 2],
      ["apps", 1],
      ["logging-pipeline_foo", 1],
    ]);
    expect(section.entries).toBe(11);
    expect(kindIn(await answer("bar"), "rejected")).toMatchObject({
      entries: 2,
      reasons: [{ entries: 2, objects: 1 }],
    });
  });

  it("has nothing where nothing is, and says so before the pipeline runs", async () => {
    const empty = await answer();
    expect(empty.kinds.every(({ objects }) => objects === 0)).toBe(true);
    expect(section.entries).toBe(0);
    const starting = quarantineSection({});
    await expect(
      starting.routes["GET api/quarantine"]!.handle({ query: new URLSearchParams() } as never),
    ).rejects.toMatchObject({
      status: 503,
      message: "The pipeline is still starting: nothing can be in quarantine yet.",
    });
    expect(starting.entries).toBeUndefined();
  });

  it("pages through rows, the newest objects first, each entry once", async () => {
    put(rejectedObject(many(60)), 0);
    put(rejectedObject(many(60), { first: 101 }), 5);
    put(rejectedObject(many(60), { logGroup: "bar", first: 201 }), 10);
    const [reason] = kindIn(await answer(), "rejected").reasons;
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page: QuarantineRows = await ask("GET api/quarantine/rows", {
        ...{ kind: "rejected", reason: reason!.id, origin: "foo" },
        ...(after !== undefined && { after }),
      });
      expect(page.rows.length).toBeLessThanOrEqual(50);
      seen.push(...page.rows.map(({ key, entry }) => `${key.split("-").at(-1)} ${entry}`));
      after = page.next;
    } while (after !== undefined);
    const down = (object: string) => Array.from({ length: 60 }, (_, n) => `${object}.gz ${60 - n}`);
    expect(seen).toEqual([...down("101"), ...down("1")]);
    // Read once: for the counts; the rows are remembered.
    expect(s3.read).toHaveLength(3);
  });

  it("opens the text of an entry, hands out its object, and nothing else of the bucket", async () => {
    const object = rejectedObject([{ message: "long ".repeat(1_000), rejection: "r" }]);
    put(object);
    s3.put("secret", Buffer.from("s"));
    await answer();
    const place = { kind: "rejected", key: object.key };
    expect(await ask("GET api/quarantine/text", { ...place, entry: "1" })).toEqual({
      text: "long ".repeat(1_000),
      more: 0,
    });
    expect(await ask("GET api/quarantine/object", place)).toMatchObject({ fileName: "shardId-000000000000-1.gz" });
    const none = { status: 404, message: "The quarantine has no such object (any more)." };
    await expect(ask("GET api/quarantine/text", { kind: "rejected", key: "secret", entry: "1" })).rejects.toMatchObject(
      none,
    );
    await expect(ask("GET api/quarantine/object", { kind: "undelivered", key: object.key })).rejects.toMatchObject(
      none,
    );
    await expect(ask("GET api/quarantine/text", { ...place, entry: "2" })).rejects.toMatchObject({ status: 404 });
    await expect(ask("GET api/quarantine/text", { ...place, entry: "x" })).rejects.toMatchObject({ status: 400 });
    await expect(ask("GET api/quarantine/rows", { kind: "rejected", after: "x" })).rejects.toMatchObject({
      message: 'after is "x". Allowed: next of an answer.',
    });
  });

  it("shows what is foreign or damaged as such, and counts what can be read", async () => {
    put(rejectedObject(many(2)));
    put({ key: "rejected/notes.txt", body: Buffer.from("mine") });
    put({ key: "dead-letter/2026/11/21/03/s/foreign", body: Buffer.from("mine") });
    const all = await answer();
    expect(kindIn(all, "rejected")).toMatchObject({
      entries: 3,
      reasons: [
        { entries: 2 },
        { isUnreadable: true, events: 0, text: expect.stringMatching(/^Not written by the pipeline/) },
      ],
    });
    expect(kindIn(all, "dead-letter")).not.toHaveProperty("offer");
  });

  it("says what S3 answers, and goes on with the other places", async () => {
    put(rejectedObject(many(2)));
    s3.intercept = ({ target }, response) => {
      if (!target.includes("dead-letter")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const all = await answer();
    expect(all.problems).toEqual([
      "s3://the-archive/dead-letter/ cannot be listed: AccessDenied (403): Access Denied.",
    ]);
    expect(kindIn(all, "rejected").entries).toBe(2);
  });

  it("says why S3 does not give an object that is opened or downloaded", async () => {
    const { key } = rejectedObject(many(1));
    put(rejectedObject(many(1)));
    await answer();
    s3.intercept = (_, response) => {
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const query = { kind: "rejected", key, entry: "1" };
    for (const route of ["GET api/quarantine/text", "GET api/quarantine/object"] as const) {
      await expect(ask(route, query)).rejects.toMatchObject({
        status: 502,
        message: "The object cannot be read: AccessDenied (403): Access Denied.",
      });
    }
  });

  it("replays by the command, one at a time, with the settings of the last apply", async () => {
    put(rejectedObject(many(2)));
    await answer();
    const request = { kind: "rejected", ...RANGE, origin: "foo", isDryRun: true };
    expect(await ask<ReplayRun>("POST api/quarantine/replay", {}, request)).toMatchObject({
      number: 1,
      phase: "running",
    });
    await expect(ask("POST api/quarantine/replay", {}, request)).rejects.toMatchObject({ status: 409 });
    while (started.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const file = `${session.directory}/index-settings.json`;
    expect(started[0]!.words).toEqual([
      ...[
        "--bucket",
        QUARANTINE_BUCKET,
        "--kind",
        "rejected",
        "--from",
        RANGE.from,
        "--to",
        RANGE.to,
        "--log-group",
        "foo",
      ],
      ...["--search-endpoint", "http://127.0.0.1:1", "--index-settings", file, "--dry-run"],
    ]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ prefix: "cwl-" });
    expect((await answer()).replay).toMatchObject({ lines: ["begun"], isDryRun: true, kind: "rejected" });
    await ask("POST api/quarantine/cancel");
    expect(started[0]!.done).toEqual(["interrupt"]);
    expect((await answer()).replay?.phase).toBe("cancelling");
    started[0]!.end("exit status 1");
    while ((await answer()).replay?.phase !== "over");
    expect((await answer()).replay).toMatchObject({
      exitCode: 1,
      command: expect.stringContaining("npm run --prefix"),
    });
  });

  it("begins no replay of records that have several time fields, and says what to do", async () => {
    const corrupt = Buffer.from("1f8b08ff", "hex");
    put(deadLetterObject(corrupt, "corrupt"));
    const other = deadLetterObject(corrupt, "corrupt", 2);
    put({ ...other, key: other.key.replace("logging-pipeline_foo", "logging-pipeline_bar") });
    timeFields = new Map([
      ["logging-pipeline_foo", "at"],
      ["logging-pipeline_bar", ""],
    ]);
    await answer();
    await expect(
      ask("POST api/quarantine/replay", {}, { kind: "dead-letter", ...RANGE, isDryRun: false }),
    ).rejects.toMatchObject({ status: 409, message: expect.stringContaining("--time-field <its time_field>") });
    expect((await answer()).replay).toBeUndefined();
  });

  it("rejects what no button asks for", async () => {
    await answer();
    await expect(
      ask("POST api/quarantine/replay", {}, { kind: "firehose", ...RANGE, isDryRun: false }),
    ).rejects.toMatchObject({
      ...{ status: 400, message: 'kind is "firehose". Allowed: rejected, dead-letter, undelivered, access-logs.' },
    });
    expect(await ask("POST api/quarantine/cancel")).toEqual({});
  });

  it("lists at most every 4 seconds, and reads no object twice", async () => {
    put(rejectedObject(many(2)));
    for (let n = 0; n < 5; n++) {
      await answer();
      section.update();
    }
    await answer();
    expect(s3.listed.filter((prefix) => prefix === "rejected/")).toHaveLength(1);
    expect(s3.read).toHaveLength(1);
  });
});

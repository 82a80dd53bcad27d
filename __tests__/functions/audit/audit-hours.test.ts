import { S3Bucket } from "../../../core/compaction/s3-bucket";
import { bucketAddress } from "../../../core/http/bucket-address";
import { lambdaSend, lambdaStream } from "../../../core/http/lambda-send";
import type { HttpRequest } from "../../../core/http/send";
import { retryUntil } from "../../../core/retry/retry";
import { ArchiveBucket } from "../../../functions/audit/archive-bucket";
import { AUDIT_RESERVE_MS, type AuditHoursSettings, auditHours } from "../../../functions/audit/audit-hours";
import { Audited } from "../../support/audited";
import { documentIdOf, envelope, kinesisEvent, logEvent } from "../../support/kinesis";

const INDEX = "cwl-foo-2026.11.21";
const BUCKET = "audited";

/** What `terraform output -json index_settings` prints of a pipeline with the defaults. */
const INDEX_SETTINGS = {
  ...{ name: "logs", prefix: "cwl-", period: "day", indices: {}, default_index: "", history: [], retention_days: 30 },
  ...{ shards: 1, replicas: 1, refresh_interval_seconds: 1, sort: "none", template: "managed", messages: {} },
};

/** Two hours after the hour of the events. */
const EVENT = { time: "2026-11-21T05:07:09Z", index_settings: INDEX_SETTINGS };

const SETTINGS: AuditHoursSettings = {
  ...{ archivePrefix: "", searchEndpoint: "https://search.example", region: "eu-central-1", metricsNamespace: "" },
  ...{ minAgeHours: 2, lookBackHours: 1, recordMaxBytes: 2 ** 25, maxIds: 1000 },
};

let audited: Audited;
let logged: Record<string, unknown>[];
let remainingMs: () => number;

beforeEach(async () => {
  audited = await Audited.start();
  await audited.deliver([kinesisEvent(envelope(Array.from({ length: 8 }, (_, n) => logEvent(n))))]);
  remainingMs = () => 900_000;
});
afterEach(() => audited.s3.stop());

/** One run. @returns its error, or undefined */
async function run(event: unknown = EVENT, settings: Partial<AuditHoursSettings> = {}): Promise<Error | undefined> {
  logged = [];
  const address = bucketAddress(BUCKET, "eu-central-1", audited.s3.origin);
  const times = { remainingMs: () => remainingMs(), sleep: async () => {}, random: () => 0.5 };
  const s3 = new S3Bucket({
    ...{ bucket: BUCKET, address, send: lambdaSend(address.target), stream: lambdaStream(address.target) },
    ...{ requestTimeoutMs: 5_000, permissionsIn: "docs/audit.md", retry: retryUntil(AUDIT_RESERVE_MS, times) },
    failed: () => {},
  });
  const io = { ...times, now: () => Date.parse("2026-11-21T09:00Z"), monotonicMs: () => 0 };
  return auditHours(event, {
    ...io,
    settings: { ...SETTINGS, ...settings },
    bucket: new ArchiveBucket(s3, BUCKET),
    send: audited.searched.send,
    log: (line) => logged.push(line),
  }).then(
    () => undefined,
    (error) => error,
  );
}

const report = () => logged.at(-1)!;

const NOTHING_WRONG = {
  ...{ ComparedHours: 1, NotComparedHours: 0, UnreadObjects: 0 },
  ...{ MissingEvents: 0, DuplicateEvents: 0, ExtraDocuments: 0, AlteredDocuments: 0 },
};

describe("the audit function", () => {
  it("finds nothing wrong where nothing is, in the hour that has been old enough since the time of the schedule", async () => {
    expect(await run()).toBeUndefined();

    expect(logged).toHaveLength(1);
    expect(report()).toMatchObject({ ...NOTHING_WRONG, ArchivedEvents: 8, IndexedEvents: 8 });
    expect(report()).toMatchObject({ from: "2026-11-21T02:00:00.000Z", to: "2026-11-21T03:00:00.000Z" });
    expect(audited.searched.calls.filter((call) => !/^(GET|POST|DELETE) .*(_cat|_search|_mget)/.test(call))).toEqual(
      [],
    );
  });

  it("counts and names what is missing, doubled or without an event, and changes nothing", async () => {
    const { documents } = audited.searched;
    const document = documents.get(`${INDEX}/${documentIdOf(5)}`)!;
    documents.delete(`${INDEX}/${documentIdOf(3)}`);
    documents.set(`cwl-foo-2026.11.20/${documentIdOf(5)}`, document);
    documents.set(`${INDEX}/${documentIdOf(99)}`, document);
    const before = new Map(documents);

    expect(await run()).toBeUndefined();

    expect(report()).toMatchObject({
      ...NOTHING_WRONG,
      ...{ ArchivedEvents: 8, IndexedEvents: 7, MissingEvents: 1, DuplicateEvents: 1, ExtraDocuments: 1 },
    });
    expect(logged.slice(0, -1)).toEqual([
      {
        ...{ found: "missing", index: INDEX, id: documentIdOf(3), time: "2026-11-21T02:59:59.003Z", logGroup: "foo" },
        object: expect.stringMatching(/^archive\/2026\/11\/21\/\d\d\/foo\//),
      },
      expect.objectContaining({ found: "extra", id: documentIdOf(99) }),
      expect.objectContaining({ found: "duplicate", index: "cwl-foo-2026.11.20", id: documentIdOf(5) }),
    ]);
    expect(documents).toEqual(before);
  });

  it("names the first findings of a kind, and counts all", async () => {
    await audited.deliver([kinesisEvent(envelope(Array.from({ length: 60 }, (_, n) => logEvent(100 + n))))]);
    const document = audited.searched.documents.get(`${INDEX}/${documentIdOf(105)}`)!;
    audited.searched.documents.clear();
    for (const index of [INDEX, "cwl-foo-2026.11.20"])
      audited.searched.documents.set(`${index}/${documentIdOf(105)}`, document);
    expect(await run()).toBeUndefined();
    expect(report()).toMatchObject({ ArchivedEvents: 60, MissingEvents: 59, DuplicateEvents: 1 });
    expect(logged.filter(({ found }) => found === "missing")).toHaveLength(20);
    expect(logged.filter(({ found }) => found === "duplicate")).toHaveLength(1);
  });

  it("says what it has not compared when the engine fails, and fails itself", async () => {
    audited.searched.documents.clear();
    audited.searched.meddle = ({ path }) => (path.includes("_search") ? { status: 503, body: "" } : undefined);

    expect(await run()).toMatchObject({
      code: "HOURS_NOT_COMPARED",
      message:
        "1 of 1 hours are not compared, and 0 objects are not read: nothing is said of them. docs/audit.md says what to do.",
    });
    expect(report()).toMatchObject({ ComparedHours: 0, NotComparedHours: 1, MissingEvents: 0, ArchivedEvents: 0 });
    expect(logged[0]).toEqual({
      notCompared: { from: "2026-11-21T02:00:00.000Z", to: "2026-11-21T03:00:00.000Z" },
      because: "the search endpoint does not answer: 503",
    });
  });

  it.each<[string, (request: HttpRequest) => boolean, RegExp]>([
    ["the engine", () => true, /The search endpoint answers 403/],
    ["S3", () => false, /^8 of 8 hours .*Cannot list bucket audited: 403 AccessDenied\. docs\/audit\.md lists/],
  ])("says what is denied: %s", async (_, isDenied, message) => {
    audited.searched.meddle = (request) => (isDenied(request) ? { status: 403, body: "" } : undefined);
    audited.s3.intercept = (_request, response) => {
      if (isDenied({} as HttpRequest)) return false;
      response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
      return true;
    };
    expect(await run(EVENT, { lookBackHours: 8 })).toMatchObject({ message: expect.stringMatching(message) });
    expect(report()).toMatchObject({ ComparedHours: 0, NotComparedHours: 8 });
  });

  it("stops before the time is over, the newest hours first, and counts those that are left", async () => {
    // The first six hours are compared, and the time is over in the middle of the next.
    let left = 900_000;
    remainingMs = () => left;
    let scans = 0;
    audited.searched.meddle = ({ path }) => {
      if (path.includes("_cat/indices") && ++scans === 2) left = AUDIT_RESERVE_MS;
      return undefined;
    };
    expect(await run(EVENT, { lookBackHours: 24 })).toMatchObject({
      code: "HOURS_NOT_COMPARED",
      message: expect.stringMatching(/^18 of 24 hours are not compared.* The invocation's time is over\./),
    });
    expect(report()).toMatchObject({ ComparedHours: 6, NotComparedHours: 18, ArchivedEvents: 8, MissingEvents: 0 });
  });

  it("sends nothing that could last until the invocation's end", async () => {
    remainingMs = () => AUDIT_RESERVE_MS + 700;
    const timeouts: number[] = [];
    audited.searched.meddle = ({ timeoutMs }) => {
      timeouts.push(timeoutMs);
      return undefined;
    };
    expect(await run()).toBeUndefined();
    expect(Math.max(...timeouts)).toBe(700);
  });

  it("compares the ids of an hour in parts when they are too many for its memory", async () => {
    expect(await run(EVENT, { maxIds: 5 })).toBeUndefined();
    expect(report()).toMatchObject({ ...NOTHING_WRONG, ArchivedEvents: 8, IndexedEvents: 8 });
  });

  it("counts an object that cannot be read", async () => {
    const [key] = [...audited.s3.objects.keys()];
    audited.s3.put(key!, Buffer.from("no gzip"));
    expect(await run()).toMatchObject({ code: "HOURS_NOT_COMPARED" });
    expect(report()).toMatchObject({ UnreadObjects: 1 });
    expect(logged).toContainEqual({ notRead: key, because: expect.stringContaining("gzip") });
  });

  it("goes on reading an object where the connection broke", async () => {
    let broken = 0;
    audited.s3.intercept = (request, response) => {
      if (request.target.includes("?") || broken > 0) return false;
      broken++;
      response.writeHead(200, { "content-length": "1000" }).write("begin", () => response.destroy());
      return true;
    };
    expect(await run()).toBeUndefined();
    expect([broken, report().ArchivedEvents]).toEqual([1, 8]);
  });

  it.each<[string, object, Record<string, unknown>]>([
    ["without a time: now", { index_settings: INDEX_SETTINGS }, { from: "2026-11-21T06:00:00.000Z" }],
    [
      "with what the schedule replaces by its time: now",
      { index_settings: INDEX_SETTINGS, time: "<aws.scheduler.scheduled-time>" },
      { from: "2026-11-21T06:00:00.000Z" },
    ],
  ])("takes an event %s", async (_, event, expected) => {
    expect(await run(event)).toBeUndefined();
    expect(report()).toMatchObject(expected);
  });

  it("names every mistake of an event, and asks nobody", async () => {
    const { prefix: _, messages: __, ...settings } = INDEX_SETTINGS;
    expect(await run({ index_settings: { ...settings, period: "decade" }, time: "yesterday" })).toMatchObject({
      code: "INVALID_EVENT",
      message: expect.stringMatching(/prefix[\s\S]*period[\s\S]*time is "yesterday"/),
    });
    expect(await run({ index_settings: { ...INDEX_SETTINGS, messages: undefined } })).toMatchObject({
      message: expect.stringContaining("messages is missing"),
    });
    expect(await run(null)).toMatchObject({ code: "INVALID_EVENT" });
    expect(audited.searched.calls).toEqual([]);
  });

  it("applies the pipeline's rules: what they leave out is not missing", async () => {
    const RULES = JSON.stringify([{ action: "drop", field: "message", pattern: "line [0-3]" }]);
    for (const n of [0, 1, 2, 3]) audited.searched.documents.delete(`${INDEX}/${documentIdOf(n)}`);
    expect(
      await run({ ...EVENT, index_settings: { ...INDEX_SETTINGS, messages: { foo: { RULES } } } }),
    ).toBeUndefined();
    expect(report()).toMatchObject({ ...NOTHING_WRONG, ArchivedEvents: 4, IndexedEvents: 4 });
  });
});

import { gzipSync } from "node:zlib";
import { MAX_PUTS, type PagePut, PUT_STALLED_SECONDS } from "../../../../local/page/shared/put";
import { type PutPipeline, startPutPipeline } from "../../../support/put-pipeline";
import { s3Error } from "../../../support/s3-server";
import { wholeAnswer } from "../../../support/search-answer";

let pipeline: PutPipeline;
beforeEach(async () => {
  pipeline = await startPutPipeline();
});
afterEach(() => pipeline.stop());

const second = (isBroken?: boolean, seconds?: number) => pipeline.second(isBroken, seconds);
const newest = (): PagePut => pipeline.newest;
const counts = ({ stations }: PagePut) => stations.map(({ count }) => count);
const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}\n`).join("");

describe("PagePuts", () => {
  it("follows a line to the index and the archive, and says when it was where", async () => {
    await pipeline.putText("hello");
    const events = pipeline.events();
    expect(newest()).toMatchObject({ phase: "travelling", lines: 1, target: { kind: "log group", name: "foo" } });
    expect(newest()).not.toHaveProperty("fileName");
    const record = pipeline.record(events, 1);
    pipeline.now += 40;
    pipeline.puts.progress!.read([record]);
    pipeline.now += 100;
    pipeline.puts.progress!.invoked({ Records: [record] });
    await second();
    expect(counts(newest())).toEqual([1, 1, 1, 0, 0]);
    pipeline.index(events, { level: "warn", message: "hello", status: 404, "@timestamp": "2026-11-28T12:00:00Z" });
    await second();
    pipeline.archive(events);
    await second();
    await second();
    expect(newest()).toMatchObject({
      ...{ phase: "over", outcome: { lost: 0, duplicated: 0 }, rejected: 0, elapsedMs: 3_140 },
      first: [{ text: "hello", became: { level: "warn", status: "404", message: "hello" } }],
      period: { from: events[0]!.timestamp, to: events[0]!.timestamp + 1 },
      stations: [
        { name: "put", count: 1, firstMs: 0, lastMs: 0 },
        { name: "stream", count: 1, firstMs: 0 },
        { name: "function", count: 1, firstMs: 140 },
        { name: "index", count: 1, firstMs: 2_140, lastMs: 2_140 },
        { name: "archive", count: 1, firstMs: 3_140, lastMs: 3_140 },
      ],
    });
  });

  it("puts by the rules of npm start -- put: empty lines, line ends, times", async () => {
    const time = new Date(Date.now() - 60_000).toISOString();
    await pipeline.putText(`${time} one\r\n\r\n\ntwo`, { fileName: "a:b*.log" });
    expect(pipeline.events()).toMatchObject([
      { message: `${time} one`, timestamp: Date.parse(time), logGroup: "foo" },
      { message: "two", timestamp: Date.parse(time) },
    ]);
    expect(newest().mark!.value).toMatch(/^page\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d\.\d{3}Z-1\/a_b_\.log$/);
    expect(newest()).toMatchObject({ fileName: "a:b*.log", lines: 2 });
    expect(newest().notes).toEqual([
      "Skipping empty lines, which CloudWatch Logs does not accept: 2.",
      "All lines keep their own time (1 without a time takes that of an earlier line).",
    ]);
  });

  it.each([
    ["", { fileName: undefined }, "What was typed has no line with text."],
    [
      gzipSync("a"),
      { fileName: "a.gz" },
      "a.gz cannot be read: it is compressed by gzip; put what gunzip -c makes of it.",
    ],
    [
      Buffer.from([0x61, 0x0a, 0xfc, 0x0a]),
      { fileName: "b.log", name: "none" },
      "The log group none is not delivered by the running pipeline, which delivers foo, /app/bar.\n" +
        "b.log: 1 line is not UTF-8 (line 2); convert them, for instance with iconv, or choose to skip invalid lines.",
    ],
  ])("puts nothing of what it rejects, and says all that is wrong: %#", async (text, more, message) => {
    await expect(pipeline.putText(text, more)).rejects.toMatchObject({ name: "PageError", status: 400, message });
    expect([pipeline.logs.puts, pipeline.puts.shown.puts]).toEqual([[], []]);
  });

  it("skips invalid lines on request", async () => {
    await pipeline.putText(Buffer.from([0x61, 0x0a, 0xfc, 0x0a, 0x62]), { fileName: "b.log", skipInvalidLines: true });
    expect(pipeline.events().map(({ message }) => message)).toEqual(["a", "b"]);
    expect(newest().notes[0]).toBe("Skipping lines of b.log: 1 line is not UTF-8 (line 2).");
  });

  it("takes file names for names, of at most CloudWatch Logs' length", async () => {
    const fileName = `../../\u0000<b>${"\u{1f600}".repeat(400)}\ud800`;
    await pipeline.putText("a", { fileName });
    const { logStream } = pipeline.events()[0]!;
    expect(logStream.length).toBeGreaterThan(505);
    expect(logStream.length).toBeLessThanOrEqual(512);
    expect(logStream.isWellFormed()).toBe(true);
    expect(logStream).not.toMatch(/[:*]/);
  });

  it("counts copies, and a rejection with its reason", async () => {
    await pipeline.putText(lines(3));
    const [one, two, three] = pipeline.events();
    pipeline.index([one!, two!, two!]);
    pipeline.archive([one!, two!, three!]);
    pipeline.archive([two!]);
    pipeline.archive([three!], "failed to parse");
    for (let n = 0; n < 3; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", rejected: 1, outcome: { lost: 0, duplicated: 2 } });
    expect(newest().first.map(({ rejection }) => rejection)).toEqual([undefined, undefined, "failed to parse"]);
    expect(newest().reasons).toEqual([{ reason: "failed to parse", lines: 1 }]);
    expect(counts(newest())[3]).toBe(2);
  });

  it("calls nothing lost where thousands of events have many copies each, and counts them by a search a second", async () => {
    await pipeline.putText(lines(6_000));
    for (let copies = 0; copies < 4; copies++) pipeline.index(pipeline.events());
    pipeline.archive(pipeline.events());
    while (newest().phase !== "over") {
      const before = pipeline.engine.requests.length;
      await second();
      expect(pipeline.engine.requests.length - before).toBe(1);
    }
    expect(newest().outcome).toEqual({ lost: 0, duplicated: 18_000 });
    expect(counts(newest())[3]).toBe(6_000);
  });

  it("calls lost what does not come, but not while something is broken or the engine does not answer", async () => {
    await pipeline.putText(lines(2));
    const [one] = pipeline.events();
    pipeline.index([one!]);
    pipeline.archive([one!]);
    for (let n = 0; n < 3; n++) await second(true, PUT_STALLED_SECONDS);
    pipeline.isDown = true;
    for (let n = 0; n < 3; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest()).toMatchObject({ phase: "travelling" });
    expect(pipeline.puts.shown.problem).toMatch(/^The search engine at .* answered 503: busy\.$/);
    pipeline.isDown = false;
    await second(false, PUT_STALLED_SECONDS - 1);
    expect(newest()).toMatchObject({ phase: "travelling" });
    await second();
    expect(newest()).toMatchObject({ phase: "checking" });
    await second();
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 1, duplicated: 0 } });
    expect(pipeline.puts.shown).not.toHaveProperty("problem");
  });

  it.each([
    ["archive/bad", 1],
    ["rejected/bad", 0],
  ])("ends although S3 refuses %s, and says what is not counted", async (key, lost) => {
    await pipeline.putText("a");
    pipeline.index(pipeline.events());
    if (lost === 0) pipeline.archive(pipeline.events());
    pipeline.s3.put(key, Buffer.from("x"));
    pipeline.s3.intercept = ({ target }, response) => {
      if (!target.includes("/bad")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    for (let n = 0; n < 4; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost, duplicated: 0 } });
    expect(pipeline.puts.shown.problem).toBe(
      `s3://bucket/${key} is not counted, because it cannot be read: AccessDenied (403): Access Denied.`,
    );
  });

  it("is not misled by copies: an event that is still in flight is waited for", async () => {
    await pipeline.putText(lines(2));
    const [one, two] = pipeline.events();
    pipeline.archive([one!, two!]);
    pipeline.index([one!, one!]);
    for (let n = 0; n < 5; n++) await second();
    expect(newest().phase).not.toBe("over");
    pipeline.index([two!]);
    for (let n = 0; n < 3; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 0, duplicated: 1 } });
  });

  it("asks the engine once an update for all puts together, and nothing when none is in flight", async () => {
    await second();
    expect([pipeline.engine.requests.length, pipeline.s3.requests.length]).toEqual([0, 0]);
    await pipeline.putText(lines(12_000));
    await pipeline.putText("one");
    pipeline.index(pipeline.events());
    pipeline.archive(pipeline.events());
    const asked: number[] = [];
    while (pipeline.puts.shown.puts.some(({ phase }) => phase !== "over")) {
      const before = pipeline.engine.requests.length;
      await second();
      asked.push(pipeline.engine.requests.length - before);
    }
    // Ids of 12,001 events, 5,000 at a time, after a search that counts them.
    expect(asked).toEqual([1, 1, 1, 1, 1]);
    const before = [pipeline.engine.requests.length, pipeline.s3.requests.length];
    await second();
    expect([pipeline.engine.requests.length, pipeline.s3.requests.length]).toEqual(before);
    expect(pipeline.puts.shown.puts.map(({ outcome }) => outcome)).toEqual(Array(2).fill({ lost: 0, duplicated: 0 }));
  });

  it.each([
    ["no counts", (answer: object) => ({ ...answer, aggregations: undefined })],
    [
      "counts of something else",
      (answer: object) => ({ ...answer, aggregations: { all: { put1: { doc_count: {} } } } }),
    ],
  ])("calls nothing lost while the engine answers with %s, and ends once it counts", async (_, answered) => {
    await pipeline.putText("a");
    pipeline.answered = answered;
    for (let n = 0; n < 3; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest().phase).toBe("travelling");
    expect(pipeline.puts.shown.problem).toMatch(/answered a search without its counts\.$/);
    delete pipeline.answered;
    for (let n = 0; n < 3; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 1, duplicated: 0 } });
  });

  it("takes an answer without shards for one that has found nothing yet", async () => {
    await pipeline.putText("a");
    pipeline.answered = () => ({ ...wholeAnswer(0), hits: { hits: [] } });
    await second();
    expect(pipeline.puts.shown).not.toHaveProperty("problem");
  });

  it("has no period of times that no search can have", async () => {
    await pipeline.putText("a");
    pipeline.index(pipeline.events());
    const put1 = { doc_count: 1, from: { value: -(2 ** 63) }, to: { value: 2 ** 63 } };
    pipeline.answered = (answer) => ({ ...answer, aggregations: { all: { put1 } } });
    await second();
    expect(counts(newest())[3]).toBe(1);
    expect(newest()).not.toHaveProperty("period");
  });

  it("names no object any more that was unreadable, once another put begins", async () => {
    await pipeline.putText("a");
    pipeline.s3.put("archive/bad", Buffer.from("x"));
    pipeline.s3.intercept = ({ target }, response) => {
      if (!target.includes("/bad")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    for (let n = 0; n < 4; n++) await second(false, PUT_STALLED_SECONDS);
    expect(pipeline.puts.shown.problem).toContain("archive/bad");
    await pipeline.putText("b");
    await second();
    expect(pipeline.puts.shown).not.toHaveProperty("problem");
  });

  it("follows what was put when CloudWatch Logs takes no more, and says why", async () => {
    const { answer } = pipeline.logs;
    pipeline.logs.answer = (call) =>
      call === 0 ? answer(call) : { status: 400, body: { __type: "InvalidParameterException", message: "no more" } };
    await pipeline.putText(lines(15_000));
    expect(newest()).toMatchObject({ phase: "travelling", lines: 10_000, error: "no more" });
    pipeline.logs.answer = () => ({ status: 400, body: { __type: "InvalidParameterException", message: "none" } });
    await pipeline.putText("a");
    expect(newest()).toMatchObject({ phase: "over", lines: 0, error: "none" });
    expect(newest()).not.toHaveProperty("outcome");
  });

  it("keeps the last puts, and takes no further ones while as many are in flight", async () => {
    for (let n = 0; n < MAX_PUTS; n++) await pipeline.putText(`line ${n}`);
    await expect(pipeline.putText("more")).rejects.toMatchObject({ status: 429 });
    pipeline.index(pipeline.events());
    pipeline.archive(pipeline.events());
    while (pipeline.puts.shown.puts.some(({ phase }) => phase !== "over")) await second();
    await pipeline.putText("more");
    const { puts } = pipeline.puts.shown;
    expect(puts.map(({ id }) => id)).toEqual(Array.from({ length: MAX_PUTS }, (_, n) => MAX_PUTS + 1 - n));
  });

  it("keeps nothing of what does not come to its end", async () => {
    const content = (async function* () {
      yield Buffer.from("a");
      expect(newest()).toMatchObject({ phase: "receiving" });
      throw new Error("aborted");
    })();
    await expect(pipeline.putText("", { content })).rejects.toThrow("aborted");
    expect(pipeline.puts.shown.puts).toEqual([]);
  });
});

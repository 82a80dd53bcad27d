import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { encodeObjectMessage } from "../../../../core/sources/s3/object-message";
import { type PagePut, PUT_STALLED_SECONDS } from "../../../../local/page/shared/put";
import { SAMPLE_LINES } from "../../../../tools/sample-logs/by-parser";
import { type PutPipeline, startPutPipeline } from "../../../support/put-pipeline";
import { etagOf, s3Error } from "../../../support/s3-server";

const ALB = SAMPLE_LINES.alb_access[0]!.lines.join("\n");
const CLOUDFRONT =
  "#Version: 1.0\n#Fields: date time cs-method\n2026-11-28\t12:00:00\tGET\n\n2026-11-28\t12:00:01\tPUT\n";

let pipeline: PutPipeline;
beforeEach(async () => {
  pipeline = await startPutPipeline();
});
afterEach(() => pipeline.stop());

const second = (isBroken?: boolean, seconds?: number) => pipeline.second(isBroken, seconds);
const newest = (): PagePut => pipeline.newest;
const counts = ({ stations }: PagePut) => stations.map(({ count }) => count);
const put = async (content: string | Buffer, fileName?: string, more: object = {}): Promise<string> => {
  await pipeline.putText(content, { kind: "access logs", name: "bucket", fileName, ...more });
  return newest().mark!.value;
};
const objectOf = (key: string) => {
  const { body } = pipeline.s3.objects.get(key)!;
  return { bucket: "bucket", key, etag: etagOf(body).replaceAll('"', "") };
};
const messageOf = (key: string, sentMs: number) => ({
  body: encodeObjectMessage({ object: objectOf(key) }),
  attributes: { SentTimestamp: String(sentMs) },
});
const quarantine = (kind: "rejected" | "unreadable", key: string, entries: readonly object[]) => {
  const lines = entries.map((entry) => `${JSON.stringify({ ...objectOf(key), ...entry })}\n`).join("");
  const body = kind === "rejected" ? gzipSync(lines) : Buffer.from(lines);
  pipeline.s3.put(`access-logs/${kind}/${pipeline.s3.objects.size}${kind === "rejected" ? ".gz" : ".json"}`, body);
};

describe("a put into the bucket of access logs", () => {
  it("follows a file to the index, and says when it was where", async () => {
    const key = await put(gzipSync(ALB), "my.log.gz");
    expect(key).toMatch(
      /^page\/\d{4}-\d\d-\d\dT[\d.]+Z-1\/AWSLogs\/\d{12}\/elasticloadbalancing\/eu-central-1\/\d{4}\/.*\.log\.gz$/,
    );
    expect(pipeline.s3.objects.get(key)!.body.includes(gzipSync(ALB))).toBe(true);
    expect(newest()).toMatchObject({
      ...{ phase: "travelling", lines: 3, fileName: "my.log.gz", target: { kind: "access logs", name: "bucket" } },
      ...{ mark: { field: "aws.s3.object.key" }, notes: ["Its lines are parsed as alb_access.", expect.any(String)] },
    });
    const putAt = pipeline.now;
    pipeline.now += 150;
    for (const _ of [1, 2]) pipeline.puts.progress!.invoked({ Records: [messageOf(key, putAt + 40)] });
    expect(counts(newest())).toEqual([3, 3, 3, 0]);
    pipeline.indexLines(key, [0, 1], { message: "a", http: { response: { status_code: 502 } } });
    await second();
    expect(counts(newest())).toEqual([3, 3, 3, 2]);
    pipeline.indexLines(key, [2]);
    await second();
    await second();
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 0, duplicated: 0 }, elapsedMs: 2_150 });
    expect(newest().stations).toEqual([
      { name: "bucket", count: 3, firstMs: 0, lastMs: 0 },
      { name: "queue", count: 3, firstMs: 40, lastMs: 40 },
      { name: "function", count: 3, firstMs: 150, lastMs: 150 },
      { name: "index", count: 3, firstMs: 1_150, lastMs: 2_150 },
    ]);
    const [first] = newest().first;
    expect(first!.text).toBe(`${ALB.slice(0, 299)}…`);
    expect(first!.became).toEqual({ status: "502", message: "a" });
  });

  it("expects no documents of lines that name fields, and of blank ones", async () => {
    const key = await put(CLOUDFRONT, "cf.log");
    expect(newest()).toMatchObject({ lines: 2 });
    expect(newest().notes.at(-1)).toBe("No documents: 2 lines that name fields, 1 blank line.");
    expect(newest().first.map(({ text }) => text)).toEqual(["2026-11-28\t12:00:00\tGET", "2026-11-28\t12:00:01\tPUT"]);
    pipeline.indexLines(key, [2, 4]);
    for (let n = 0; n < 2; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 0, duplicated: 0 } });
  });

  it("counts the values of a JSON document", async () => {
    const key = await put('{"Records":[{"eventVersion":"1.08",\n"eventName":"A"},{"eventName":"B"}]}', "trail.json");
    expect(newest()).toMatchObject({ lines: 2, first: [] });
    pipeline.indexLines(key, [0, 1]);
    for (let n = 0; n < 2; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 0, duplicated: 0 } });
  });

  it("takes what is typed for a file", async () => {
    expect(await put("hello\n")).toMatch(/\/other\/typed\.log$/);
    expect(newest().notes[0]).toBe("No parser knows its lines: they are indexed as text, or as JSON.");
  });

  it("puts a file that is put again under another key, so that each is followed by itself", async () => {
    const [one, two] = [await put(ALB, "a.log"), await put(ALB, "a.log")];
    pipeline.indexLines(one, [0, 1, 2]);
    for (let n = 0; n < 2; n++) await second();
    expect(pipeline.puts.shown.puts.map(({ phase, mark }) => [mark!.value, phase])).toEqual([
      [two, "travelling"],
      [one, "over"],
    ]);
  });

  it("counts copies, and lines in quarantine with their reasons", async () => {
    pipeline.s3.put("access-logs/rejected/foreign.gz", Buffer.from("no gzip"));
    pipeline.s3.put("access-logs/rejected/foreign", Buffer.from('{"bucket":1}\nnull\n{"line":{}}\n'));
    const key = await put(Array.from({ length: 9 }, (_, n) => `line ${n}\n`).join(""), "a.log");
    pipeline.indexLines(key, [0, 1, 2, 1]);
    quarantine("rejected", key, [
      { line: 3, rejection: "no date", message: "a" },
      { line: 4, rejection: "no date", message: "b" },
      { line: 5, rejection: "too deep", message: "c" },
      { line: 77, rejection: "a line of more than 1048576 bytes", length: 2_000_000 },
    ]);
    quarantine("unreadable", key, [{ reason: "has a damaged gzip", lines: 7 }]);
    for (let n = 0; n < 3; n++) await second();
    // As many documents as lines, but not one of each.
    expect(newest().phase).not.toBe("over");
    pipeline.indexLines(key, [6]);
    for (let n = 0; n < 3; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", rejected: 5, outcome: { lost: 0, duplicated: 1 } });
    expect(newest().reasons).toEqual([
      { reason: "has a damaged gzip", lines: 2 },
      { reason: "no date", lines: 2 },
      { reason: "too deep", lines: 1 },
    ]);
    // What somebody else has written is no problem.
    expect(pipeline.puts.shown).not.toHaveProperty("problem");
  });

  it("waits for each event, however many lines beside them are too long for one", async () => {
    const key = await put("a\nb\n", "a.log");
    pipeline.indexLines(key, [0]);
    quarantine("rejected", key, [{ line: 2, rejection: "a line of more than 1048576 bytes", length: 2_000_000 }]);
    await second();
    expect(newest()).toMatchObject({ phase: "travelling", rejected: 1 });
  });

  it("calls lost what does not come, but not while the engine does not answer", async () => {
    const key = await put("a\nb\n", "a.log");
    pipeline.indexLines(key, [1]);
    pipeline.isDown = true;
    for (let n = 0; n < 3; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest().phase).toBe("travelling");
    pipeline.isDown = false;
    for (let n = 0; n < 4; n++) await second(false, PUT_STALLED_SECONDS);
    expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 1, duplicated: 0 } });
  });

  it("asks the engine once an update for puts of all kinds together", async () => {
    const key = await put(ALB, "a.log");
    await pipeline.putText("one");
    pipeline.indexLines(key, [0, 1, 2]);
    pipeline.index(pipeline.events());
    pipeline.archive(pipeline.events());
    const asked: number[] = [];
    while (pipeline.puts.shown.puts.some(({ phase }) => phase !== "over")) {
      const before = pipeline.engine.requests.length;
      await second();
      asked.push(pipeline.engine.requests.length - before);
    }
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  it("ends whatever an object of the quarantine holds, and names those that cannot be read", async () => {
    pipeline.s3.put("access-logs/rejected/refused.gz", gzipSync("{}"));
    pipeline.s3.intercept = ({ target }, response) => {
      if (!target.includes("/refused.gz")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    const key = await put("a\nb\n", "a.log");
    quarantine("rejected", key, [{ line: 1, rejection: "no date", message: "b" }]);
    pipeline.indexLines(key, [0]);
    for (let n = 0; n < 2; n++) await second();
    expect(newest()).toMatchObject({ phase: "over", rejected: 1, outcome: { lost: 0, duplicated: 0 } });
    expect(pipeline.puts.shown.problem).toBe(
      "s3://bucket/access-logs/rejected/refused.gz is not counted, because it cannot be read: AccessDenied (403): Access Denied.",
    );
  });

  it("says what S3 answers when it takes no object", async () => {
    const warn = jest.spyOn(console, "warn").mockImplementation();
    pipeline.s3.intercept = ({ method }, response) => {
      if (method !== "PUT") return false;
      response.writeHead(403).end("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
      return true;
    };
    await pipeline.putText(ALB, { kind: "access logs", name: "bucket", fileName: "a.log" });
    expect(newest()).toMatchObject({ phase: "over", lines: 0, error: "Access Denied" });
    warn.mockRestore();
  });

  it.each([
    ["", "a.log", {}, "a.log cannot be put: it has no content."],
    [gzipSync(""), undefined, {}, "What was typed cannot be put: it has no content."],
    [
      Buffer.from("504b0304", "hex"),
      "a.zip",
      { name: "none" },
      "The bucket none is not delivered by the running pipeline, which delivers bucket.\n" +
        "a.zip cannot be put: it is a zip archive; unpack it, and put its files.",
    ],
    [
      "a\n",
      "ELBAccessLogTestFile",
      {},
      "ELBAccessLogTestFile cannot be put: its name is that of a test file, which is no log; rename it.",
    ],
    ["#Version: 1.0\n\n", "a.log", {}, "a.log cannot be put: none of its lines would become a document."],
  ])("puts nothing of what it rejects, and says all that is wrong: %#", async (content, fileName, more, message) => {
    await expect(put(content, fileName, more)).rejects.toMatchObject({ name: "PageError", status: 400, message });
    expect([pipeline.s3.objects.size, pipeline.puts.shown.puts]).toEqual([0, []]);
  });

  it("takes any name of a file for a name", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 300 }), async (fileName) => {
        const key = await put("a\n", fileName);
        expect(key).toMatch(/^page\/[^/]+\/other\/[^/\p{Cc}]+$/u);
        expect(key).not.toMatch(/\/\.\.?$/);
        expect(key.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
        pipeline.indexLines(key, [0]);
        for (let n = 0; n < 2; n++) await second();
        expect(newest()).toMatchObject({ phase: "over", outcome: { lost: 0 } });
      }),
      { numRuns: 30, examples: [[".."], ["."], ["../../etc/passwd"], ["C:\\logs\\a"], ["\u0000"]] },
    );
  });

  it("is not misled by whatever else the queue holds", async () => {
    const key = await put("a\nb\n", "a.log");
    const { progress } = pipeline.puts;
    fc.assert(
      fc.property(fc.anything(), fc.string(), (any, body) => {
        progress!.invoked(any);
        progress!.invoked({ Records: [{ body, attributes: any }, { body: any }, any] });
      }),
    );
    const other = { body: encodeObjectMessage({ object: { ...objectOf(key), bucket: "another" } }), attributes: {} };
    progress!.invoked({ Records: [other] });
    expect(counts(newest())).toEqual([2, 0, 0, 0]);
    progress!.invoked({ Records: [{ ...messageOf(key, 0), attributes: null }] });
    expect(counts(newest())).toEqual([2, 2, 2, 0]);
  });
});

import type { DeliveryRecord } from "../../../local/firehose/record";
import { indexBatch } from "../../../local/firehose/search-delivery";
import type { SearchSettings } from "../../../local/firehose/settings";
import { type HttpServer, startServer } from "../../support/http-server";

const settings: SearchSettings = {
  index: "app",
  rotation: "OneDay",
  buffer: { sizeBytes: 1, intervalMs: 0 },
  retryMs: 60_000,
  withIds: true,
  backsUpAll: false,
};
const arrivedAt = Date.parse("2026-11-27T10:00:00Z");
const record = (id: string, data: string): DeliveryRecord => ({ id, data: Buffer.from(data), arrivedAt });

/** The engine has taken the request, and its answer is lost. */
const RESET = -1;

/** Answers, one for each request; a number is a status without a body. */
let answers: ((ids: string[]) => number | object)[];
let engine: HttpServer;

beforeAll(async () => {
  engine = await startServer(({ body }, response) => {
    const ids = [...body.toString().matchAll(/"_id":"([^"]+)"/g)].map(([, id]) => id!);
    const answer = answers.shift()!(ids);
    if (answer === RESET) return void response.destroy();
    response.statusCode = typeof answer === "number" ? answer : 200;
    response.end(typeof answer === "number" ? "busy" : JSON.stringify(answer));
  });
});

beforeEach(() => engine.requests.splice(0));

afterAll(() => engine.stop());

const items = (...statuses: number[]) => ({
  items: statuses.map((status) => ({ index: { status, ...(status > 299 && { error: { type: `type ${status}` } }) } })),
});
const index = async (records: DeliveryRecord[], changes: Partial<SearchSettings> = {}) => {
  const failed = await indexBatch(records, { ...settings, ...changes }, engine.origin, new AbortController().signal);
  return failed.map(({ line }) => JSON.parse(line));
};

describe("indexBatch", () => {
  it("indexes one document per record into the index of its arrival, with Firehose's id or without one", async () => {
    answers = [() => items(201, 201), () => items(201)];
    expect(await index([record("a", '{"n":1}\n'), record("b", '{"n":2}')])).toEqual([]);
    expect(await index([record("a", "{}")], { withIds: false, rotation: "NoRotation" })).toEqual([]);
    expect(engine.requests.map(({ body }) => body.toString())).toEqual([
      '{"index":{"_index":"app-2026-11-27","_id":"a"}}\n{"n":1}\n{"index":{"_index":"app-2026-11-27","_id":"b"}}\n{"n":2}\n',
      '{"index":{"_index":"app"}}\n{}\n',
    ]);
  });

  it("sends again what the engine may take later, and only that", async () => {
    answers = [() => 503, () => items(201, 429, 400), () => items(200)];
    const failed = await index([record("a", "{}"), record("b", "{}"), record("c", "{}")]);
    expect(engine.requests.map(({ body }) => body.toString().match(/"_id":"."/g))).toEqual([
      ['"_id":"a"', '"_id":"b"', '"_id":"c"'],
      ['"_id":"a"', '"_id":"b"', '"_id":"c"'],
      ['"_id":"b"'],
    ]);
    expect(failed).toEqual([
      {
        attemptsMade: 2,
        arrivalTimestamp: arrivedAt,
        errorCode: "400",
        errorMessage: '{"type":"type 400"}',
        attemptEndingTimestamp: expect.any(Number),
        esDocumentId: "c",
        esIndexName: "app-2026-11-27",
        esTypeName: "",
        rawData: Buffer.from("{}").toString("base64"),
      },
    ]);
  });

  it("fails what is not indexed when the retry duration ends; without one, after the first attempt", async () => {
    answers = [() => 503];
    const failed = await index([record("a", "{}")], { retryMs: 0 });
    expect(failed).toEqual([expect.objectContaining({ errorCode: "503", errorMessage: "busy", attemptsMade: 1 })]);
  });

  it("fails a record of several lines, which would be other documents, and indexes the others", async () => {
    answers = [() => items(201)];
    const hostile = '{}\n{"index":{"_index":"other"}}\n{}';
    const failed = await index([record("a", hostile), record("b", "{}")]);
    expect(failed).toEqual([expect.objectContaining({ esDocumentId: "a", errorCode: "400", attemptsMade: 0 })]);
    expect(engine.requests[0]!.body.toString()).not.toContain("other");
  });

  it("sends the same again when the answer is lost: without ids, the engine has it twice, as by AWS's at-least-once", async () => {
    answers = [() => RESET, () => items(201), () => RESET, () => items(201)];
    expect(await index([record("a", "{}")], { withIds: false })).toEqual([]);
    expect(await index([record("a", "{}")])).toEqual([]);
    const [lost, again, withId, sameId] = engine.requests.map(({ body }) => body.toString());
    expect(again).toBe(lost);
    expect(lost).not.toContain('_id"');
    expect(withId).toContain('"_id":"a"');
    expect(sameId).toBe(withId);
  });

  it("tries again after a response that is not one to _bulk", async () => {
    answers = [() => ({ items: [] }), () => items(201)];
    expect(await index([record("a", "{}")])).toEqual([]);
  });
});

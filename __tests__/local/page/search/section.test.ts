import { gzipSync } from "node:zlib";
import { documentId } from "../../../../core/events/document-id";
import { awsClients } from "../../../../local/aws/clients";
import { searchSection } from "../../../../local/page/search/section";
import type { PageAnswer, RouteName } from "../../../../local/page/server/section";
import { type HttpServer, startServer } from "../../../support/http-server";
import { type S3Server, startS3 } from "../../../support/s3-server";
import { wholeAnswer } from "../../../support/search-answer";

const OWNER = "123456789012";
const EVENT = "1".repeat(56);
const ID = documentId(EVENT, { owner: OWNER, logGroup: "foo" });
const TIME = "2026-11-28T11:30:00.000Z";

const HIT = {
  ...{ _index: "cwl-foo", _id: ID, sort: [Date.parse(TIME), "cwl-foo", 3] },
  _source: { "@timestamp": TIME, aws: { cloudwatch: { log_group: "foo", log_stream: "s" } }, message: "m" },
};

let engine: HttpServer;
let s3: S3Server;
let isStarted: boolean;

beforeAll(async () => {
  s3 = await startS3("bucket");
  engine = await startServer(({ target, body }, response) => {
    const hits = body.includes('"none"') ? [] : [HIT];
    const found = { ...wholeAnswer(), hits: { hits }, aggregations: { all: { doc_count: hits.length } } };
    const answer = target.includes("_field_caps") ? { fields: {} } : found;
    response.end(JSON.stringify(answer));
  });
  const envelope = {
    ...{ messageType: "DATA_MESSAGE", owner: OWNER, logGroup: "foo", logStream: "s" },
    logEvents: [{ id: EVENT, timestamp: Date.parse(TIME), message: "m" }],
  };
  s3.put("archive/2026/11/28/11/foo/s-1.gz", gzipSync(`${JSON.stringify(envelope)}\n`));
});
afterAll(() => Promise.all([engine.stop(), s3.stop()]));
beforeEach(() => {
  isStarted = true;
});

function ask(route: RouteName, query = ""): Promise<PageAnswer> {
  const clients = awsClients(s3.origin);
  const { routes } = searchSection(() => ({
    search: isStarted ? { endpoint: engine.origin, indexPattern: "cwl-*" } : undefined,
    ...{ s3: clients.s3, archive: { bucket: "bucket", prefix: "" } },
  }));
  const request = { query: new URLSearchParams(query), body: Buffer.alloc(0), signal: new AbortController().signal };
  return routes[route]!.handle(request);
}

async function contentOf(answer: PageAnswer): Promise<Buffer> {
  if (!("content" in answer)) throw new Error("no file");
  const chunks: Buffer[] = [];
  for await (const chunk of answer.content) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const PLACE = `event=${encodeURIComponent(`cwl-foo:${ID}`)}`;

describe("the search section", () => {
  it("answers a page of events, and the next", async () => {
    expect(await ask("GET api/search", "q=x")).toMatchObject({
      json: { rows: [{ id: ID, group: "foo", stream: "s", message: "m" }], summary: { total: 1 } },
    });
    const after = await ask("GET api/search", "after=1795865400000:3:cwl-foo");
    expect(after).toMatchObject({ json: { rows: [{ id: ID }] } });
    expect(JSON.parse(engine.requests.at(-1)!.body.toString()).search_after).toEqual([1_795_865_400_000, "cwl-foo", 4]);
  });

  it("exports what was found, each line as the engine has it", async () => {
    const answer = await ask("GET api/search/export");
    expect(answer).toMatchObject({ fileName: expect.stringMatching(/^events-[\dT-]+\.ndjson$/) });
    expect((await contentOf(answer)).toString()).toBe(
      `${JSON.stringify({ _index: HIT._index, _id: ID, _source: HIT._source })}\n`,
    );
  });

  it("finds the object of the archive, and hands it out as it is", async () => {
    const key = "archive/2026/11/28/11/foo/s-1.gz";
    expect(await ask("GET api/search/archived", PLACE)).toMatchObject({
      json: { object: { bucket: "bucket", key, line: 1 } },
    });
    const file = await ask("GET api/search/object", PLACE);
    expect(file).toMatchObject({ fileName: "s-1.gz" });
    expect(await contentOf(file)).toEqual(s3.objects.get(key)!.body);
  });

  it("answers an event with its fields, and its neighbours", async () => {
    expect(await ask("GET api/search/event", PLACE)).toMatchObject({
      json: { row: { id: ID }, fields: expect.arrayContaining([{ name: "message", value: "m", kind: "text" }]) },
    });
    expect(await ask("GET api/search/around", `${PLACE}&size=1`)).toMatchObject({
      json: { before: [], event: { id: ID }, after: [], hasEarlier: false, hasLater: false },
    });
  });

  it.each<[RouteName, string, number, string]>([
    ["GET api/search", "from=x&status=y", 400, 'from is "x". Allowed: now'],
    ["GET api/search", "after=x", 400, 'after is "x". Allowed: next of an answer.'],
    ["GET api/search/export", "to=x", 400, 'to is "x". Allowed: now'],
    ["GET api/search/event", "", 400, "event is missing. Allowed: an index and an _id, with a colon between."],
    ["GET api/search/event", "event=i:none", 404, "The index i has no event none: it may have been cleaned up since."],
    ["GET api/search/around", `${PLACE}&size=0`, 400, "size is 0. Allowed: 1 to 500."],
  ])("says what is wrong with %s?%s", async (route, query, status, message) => {
    await expect(ask(route, query)).rejects.toMatchObject({ status, message: expect.stringContaining(message) });
  });

  it("says that the pipeline is still starting", async () => {
    isStarted = false;
    await expect(ask("GET api/search")).rejects.toMatchObject({
      status: 503,
      message: "The pipeline is still starting: nothing can be found yet.",
    });
  });
});

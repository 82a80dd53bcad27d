import { tooLongError } from "../../core/http/limits";
import type { HttpRequest } from "../../core/http/send";
import { Audited } from "../support/audited";
import { documentIdOf, envelope, kinesisEvent, logEvent } from "../support/kinesis";

const INDEX = "cwl-foo-2026.11.21";

/** An answer in place of the engine's own to requests whose path has a text. */
const answering = (part: string, status: number, json: object) => (request: HttpRequest) =>
  request.path.includes(part) ? { status, body: JSON.stringify(json) } : undefined;

const partly = (json: object) => ({ hits: { total: { value: 0 }, hits: [] }, ...json });
const failed = { _shards: { total: 2, successful: 1, failed: 1 } };
const breaker = () => ({ status: 429, body: JSON.stringify({ error: { type: "circuit_breaking_exception" } }) });
const whole = { _shards: { total: 2, successful: 2, failed: 0 } };

describe("an audit that cannot see everything", () => {
  let audited: Audited;
  beforeEach(async () => {
    audited = await Audited.start();
    await audited.deliver([kinesisEvent(envelope(Array.from({ length: 8 }, (_, n) => logEvent(n))))]);
  });
  afterEach(() => audited.s3.stop());

  it.each([
    ["a shard that failed", answering("_search?scroll", 200, partly(failed)), /1 of 2 shards failed/],
    ["a search that timed out", answering("_search?scroll", 200, partly({ ...whole, timed_out: true })), /timed out/],
    ["no number of shards", answering("_search?scroll", 200, partly({})), /no number of shards/],
    ["a shard that failed elsewhere", answering("%2A/_search", 200, partly(failed)), /1 of 2 shards failed/],
    [
      "a search that is gone",
      answering("_search/scroll", 404, { error: { type: "x_missing_exception" } }),
      /404 x_missing/,
    ],
    ["an engine that is too busy", answering("_search?scroll", 429, {}), /does not answer: 429/],
    ["a page of a proxy", answering("_search?scroll", 200, []), /no number of hits|shards/],
    [
      "an index that was deleted meanwhile",
      answering("_search?scroll", 404, { error: { type: "index_not_found_exception" } }),
      /404 index_not/,
    ],
    ["documents that are left out when they are named", answering("_mget", 200, { docs: [] }), /leaves out/],
  ])("says so, names no document, and heals nothing: %s", async (_, meddle, reason) => {
    audited.searched.documents.delete(`${INDEX}/${documentIdOf(3)}`);
    audited.searched.meddle = meddle;
    const size = audited.searched.documents.size;
    const report = await audited.audit({ heal: { isDone: true, deletes: true } });
    expect(report.unseen).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })]);
    expect([report.isComplete, report.isClean, audited.names]).toEqual([false, false, []]);
    expect(audited.searched.documents.size).toBe(size);
  });

  it("reads an index again from the beginning after a page was lost", async () => {
    let isLost = false;
    audited.searched.meddle = ({ path, method }) => {
      if (path !== "/_search/scroll" || method === "DELETE" || isLost) return undefined;
      isLost = true;
      return Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    };
    const report = await audited.audit();
    expect([report.isClean, report.counts.sum.indexed, isLost]).toEqual([true, 8, true]);
  });

  it("asks again when the engine is busy for a while", async () => {
    let busy = 3;
    audited.searched.meddle = ({ path }) =>
      path.includes("?scroll") && busy-- > 0 ? { status: 429, body: "" } : undefined;
    expect((await audited.audit()).isClean).toBe(true);
  });

  it("asks for fewer documents at a time when a page is too large", async () => {
    const sizes: number[] = [];
    audited.searched.meddle = ({ path, body }) => {
      if (!path.includes("?scroll")) return undefined;
      const { size } = JSON.parse(body.toString());
      sizes.push(size);
      return size > 10 ? tooLongError() : undefined;
    };
    expect((await audited.audit({ isDeep: true })).isClean).toBe(true);
    expect(sizes).toEqual([500, 50, 7]);
  });

  it("asks for fewer documents at a time when the engine goes on having no memory for a page", async () => {
    const sizes: number[] = [];
    audited.searched.meddle = ({ path, body }) => {
      if (!path.includes("?scroll")) return undefined;
      const { size } = JSON.parse(body.toString());
      if (size !== sizes.at(-1)) sizes.push(size);
      return size > 10 ? breaker() : undefined;
    };
    expect((await audited.audit({ isDeep: true })).isClean).toBe(true);
    expect(sizes).toEqual([500, 50, 7]);
  });

  it("asks for fewer named documents at a time when the engine has no memory for their contents", async () => {
    audited.searched.meddle = ({ path, body }) =>
      path === "/_mget" && JSON.parse(body.toString()).docs.length > 1 ? breaker() : undefined;
    for (const n of [1, 2, 3]) audited.searched.documents.delete(`${INDEX}/${documentIdOf(n)}`);
    const report = await audited.audit({ isDeep: true });
    expect(report.unseen).toEqual([]);
    expect(audited.names).toHaveLength(3);
  });

  it("names a closed index", async () => {
    audited.searched.closed.add(INDEX);
    const report = await audited.audit();
    expect(report.unseen[0]!.reason).toBe(`${INDEX} cannot be searched: closed. Open it, and audit again`);
  });

  it("stops where access is denied", async () => {
    audited.searched.meddle = answering("_search", 403, {});
    const report = await audited.audit();
    expect(report.stopped).toMatch(/^The search endpoint answers 403/);
    expect(report.isClean).toBe(false);
  });

  it("names an object that cannot be read, and removes nothing that may be in it", async () => {
    const [key, object] = [...audited.s3.objects][0]!;
    audited.s3.put(key.replace(/\d\.gz$/, "9.gz"), Buffer.from("no gzip"));
    audited.s3.put(key, object.body);
    audited.searched.documents.set(
      `${INDEX}/${documentIdOf(99)}`,
      audited.searched.documents.get(`${INDEX}/${documentIdOf(0)}`)!,
    );
    const report = await audited.audit({ heal: { isDone: true, deletes: true } });
    expect(report.unread.map((one) => one.key)).toEqual([key.replace(/\d\.gz$/, "9.gz")]);
    expect([report.isClean, audited.names, report.healed.removed]).toEqual([false, [`extra ${documentIdOf(99)}`], 0]);
  });

  it("does not remove a document that somebody has written since", async () => {
    audited.searched.documents.set(
      `${INDEX}/${documentIdOf(99)}`,
      audited.searched.documents.get(`${INDEX}/${documentIdOf(0)}`)!,
    );
    audited.searched.meddle = ({ path, body }) => {
      if (path !== "/_bulk") return undefined;
      expect(body.toString()).toContain('"if_seq_no":7,"if_primary_term":1');
      return { status: 200, body: JSON.stringify({ items: [{ delete: { status: 409 } }] }) };
    };
    const report = await audited.audit({ heal: { isDone: true, deletes: true } });
    expect([report.isClean, report.healed.removed, audited.names]).toEqual([false, 0, [`extra ${documentIdOf(99)}`]]);
  });
});

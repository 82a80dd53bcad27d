import { SecretError } from "../../../core/http/credentials/secret-error";
import type { HttpRequest, HttpResponse } from "../../../core/http/send";
import { type CleanUpIo, type CleanUpSettings, cleanUp } from "../../../functions/index-cleanup/clean-up";
import { FakeClock } from "../../support/clock";
import { CWL } from "../../support/layouts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const json = (status: number, body: unknown): HttpResponse => ({ status, body: JSON.stringify(body) });
const engineError = (status: number, type: string) => json(status, { error: { type, reason: "no" }, status });

/** An engine with these indices, by name, each with the `_meta` of its mapping. */
class Engine {
  readonly requests: string[] = [];
  readonly indices: Map<string, unknown>;
  /** The answer to a request that contains the text, in place of its own. */
  readonly faults = new Map<string, (request: HttpRequest) => HttpResponse | Error>();

  constructor(indices: Record<string, unknown>) {
    this.indices = new Map(Object.entries(indices));
  }

  readonly send = async (request: HttpRequest): Promise<HttpResponse> => {
    const asked = `${request.method} ${request.path}`;
    this.requests.push(asked);
    const [, fault] = [...this.faults].find(([text]) => asked.includes(text)) ?? [];
    const answer = fault ? fault(request) : this.work(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };

  private work({ method, path }: HttpRequest): HttpResponse {
    if (path.startsWith("/_cat/indices/")) {
      const rows = [...this.indices.keys()].map((index) => ({ index, "docs.count": "5", "store.size": "100" }));
      return json(200, rows);
    }
    if (path.startsWith("/_cat/allocation")) return json(200, [{ "disk.used": "900", "disk.total": "1000" }]);
    const name = path.split(/[/?]/)[1]!;
    if (!this.indices.has(name)) return engineError(404, "index_not_found_exception");
    if (method === "DELETE") {
      this.indices.delete(name);
      return json(200, { acknowledged: true });
    }
    const _meta = this.indices.get(name);
    return json(200, _meta === undefined ? {} : { [name]: { mappings: { _meta } } });
  }

  get left() {
    return [...this.indices.keys()];
  }
}

async function run(engine: Engine, settings: Partial<CleanUpSettings> = {}, budgetMs = 300_000) {
  const clock = new FakeClock(budgetMs);
  const lines: Record<string, unknown>[] = [];
  const rules = { keepDays: 1, keepCount: 0, maxDiskPercent: 0 };
  const io: CleanUpIo = {
    settings: {
      name: "logs",
      layouts: CWL,
      rules,
      maxDeletions: 500,
      isDryRun: false,
      metricsNamespace: "",
      ...settings,
    },
    send: engine.send,
    sleep: clock.sleep,
    random: () => 0.5,
    remainingMs: clock.remainingMs,
    now: () => NOW,
    monotonicMs: () => clock.nowMs,
    log: (line) => lines.push(line),
  };
  const error = await cleanUp(io).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, lines, report: lines.at(-1)!, clock };
}

const OLD = "cwl-foo-2026.11.01";
const OLDER = "cwl-foo-2026.10.01";

describe("cleanUp", () => {
  it("deletes by whole names, one request for each index, the oldest first, and logs each", async () => {
    const engine = new Engine({ [OLD]: undefined, "cwl-foo-2026.11.26": undefined, [OLDER]: undefined });
    const { error, lines } = await run(engine);
    expect(error).toBeUndefined();
    expect(engine.requests.filter((request) => request.startsWith("DELETE"))).toEqual([
      `DELETE /${OLDER}`,
      `DELETE /${OLD}`,
    ]);
    expect(lines[1]).toEqual({
      deleted: OLD,
      because: "ended 24 days ago, and keep_days is 1",
      documents: 5,
      bytes: 100,
      ageDays: 24,
    });
    expect(lines[2]).toMatchObject({ Indices: 3, DeletedIndices: 2, DeletedBytes: 200 });
  });

  it("never sends a name that an engine invents", async () => {
    const lies = ["cwl-*", "*", "_all", "cwl-a-2020.01.01,other", "cwl-*-2020.01.01", "cwl-2020.01.01"];
    const engine = new Engine(Object.fromEntries(lies.map((name) => [name, undefined])));
    const { report } = await run(engine);
    expect(engine.requests).toEqual([expect.stringMatching(/^GET \/_cat\/indices\//)]);
    expect(report).toMatchObject({ Indices: 0, DeletedIndices: 0 });
  });

  it("asks an index itself whose it is, just before it would be deleted", async () => {
    const engine = new Engine({
      [OLDER]: { pipeline: "other", index_prefix: "cwl-" },
      [OLD]: { protected_until: "2026-12-01" },
      "cwl-bar-2026.11.01": { pipeline: "logs", index_prefix: "cwl-", version: 1 },
    });
    const { report } = await run(engine);
    expect(engine.left).toEqual([OLDER, OLD]);
    expect(report).toMatchObject({ DeletedIndices: 1, ProtectedIndices: 1, OtherOwnersIndices: 1 });
  });

  it("deletes for the disks until enough is freed, past what is protected", async () => {
    const indices = [10, 11, 12, 13].map((day): [string, unknown] => [`cwl-foo-2026.11.${day}`, undefined]);
    indices[0]![1] = { protected_until: "2027-01-01" };
    const engine = new Engine(Object.fromEntries(indices));
    await run(engine, { rules: { keepDays: 0, keepCount: 0, maxDiskPercent: 75 } });
    expect(engine.left).toEqual(["cwl-foo-2026.11.10", "cwl-foo-2026.11.13"]);
  });

  it("only logs in a dry run", async () => {
    const engine = new Engine({ [OLD]: undefined });
    const { lines } = await run(engine, { isDryRun: true });
    expect(engine.left).toEqual([OLD]);
    expect(lines).toMatchObject([{ wouldDelete: OLD }, { DeletedIndices: 1 }]);
  });

  it("stops at the maximum, which protected indices do not count for, and says how many are left", async () => {
    const engine = new Engine({ [OLDER]: { protected_until: "2027-01-01" }, [OLD]: undefined, "cwl-x-2026.11.02": 1 });
    const { report, error } = await run(engine, { maxDeletions: 1 });
    expect(engine.left).toEqual([OLDER, "cwl-x-2026.11.02"]);
    expect([report, error]).toMatchObject([{ DeletedIndices: 1, PostponedDeletions: 1 }, undefined]);
  });

  it("takes an index that is already gone for what it is", async () => {
    const engine = new Engine({ [OLD]: undefined, [OLDER]: undefined });
    engine.faults.set(`DELETE /${OLDER}`, () => engineError(404, "index_not_found_exception"));
    const { report, error } = await run(engine);
    expect([report, error]).toMatchObject([{ DeletedIndices: 1, FailedDeletions: 0 }, undefined]);
  });

  it.each<[string, HttpResponse, string]>([
    ["a block", engineError(403, "cluster_block_exception"), "search: deletion: 403 cluster_block_exception"],
    [
      "a snapshot",
      engineError(400, "snapshot_in_progress_exception"),
      "search: deletion: 400 snapshot_in_progress_exception",
    ],
    ["a proxy's page", { status: 404, body: "<html>" }, "search: deletion: 404"],
    ["no acknowledgement", json(200, { acknowledged: false }), "search: deletion: 200 and not acknowledged"],
    ["another 200", { status: 200, body: "OK" }, "search: deletion: 200 and not acknowledged"],
  ])("fails for %s at one index, after it has deleted the others", async (_, answer, reason) => {
    const engine = new Engine({ [OLDER]: undefined, [OLD]: undefined });
    engine.faults.set(`DELETE /${OLDER}`, () => answer);
    const { report, error } = await run(engine);
    expect(engine.left).toEqual([OLDER]);
    expect(error).toMatchObject({ code: "INDICES_NOT_DELETED" });
    expect(report).toMatchObject({ DeletedIndices: 1, FailedDeletions: 1, failures: { [reason]: 1 } });
  });

  it.each([
    ["an error", { error: "try later" }],
    ["another index's", { "cwl-other-2026.11.01": { mappings: {} } }],
    ["no mapping", { [OLD]: { settings: {} } }],
    ["a text as _meta", { [OLD]: { mappings: { _meta: "protected" } } }],
    ["a list as _meta", { [OLD]: { mappings: { _meta: [{ protected_until: "2027-01-01" }] } } }],
  ])("deletes no index when a 200 has %s in place of its mapping", async (_, answer) => {
    const engine = new Engine({ [OLD]: { protected_until: "2027-01-01" } });
    engine.faults.set("_mapping", () => json(200, answer));
    const { report, error } = await run(engine);
    expect(engine.left).toEqual([OLD]);
    expect([report, error]).toMatchObject([{ FailedDeletions: 1 }, { code: "INDICES_NOT_DELETED" }]);
  });

  it("deletes no index whose mapping it cannot read", async () => {
    const engine = new Engine({ [OLD]: undefined });
    engine.faults.set("_mapping", () => engineError(403, "security_exception"));
    expect((await run(engine)).error).toMatchObject({ code: "INDICES_NOT_DELETED" });
    expect(engine.left).toEqual([OLD]);
  });

  it("repeats what an engine was too busy for", async () => {
    const engine = new Engine({ [OLD]: undefined });
    let busy = 3;
    engine.faults.set("/", (request) => {
      if (busy-- <= 0) engine.faults.clear();
      return busy < 0 ? json(200, [{ index: OLD }]) : request.method === "GET" ? json(503, {}) : new Error("reset");
    });
    expect((await run(engine)).report).toMatchObject({ DeletedIndices: 1 });
  });

  it("gives up on an engine that deletes nothing, and leaves the others to the next run", async () => {
    const days = Array.from({ length: 9 }, (_, day) => [`cwl-foo-2026.11.0${day + 1}`, undefined]);
    const engine = new Engine(Object.fromEntries(days));
    engine.faults.set("DELETE", () => engineError(403, "security_exception"));
    expect((await run(engine)).report).toMatchObject({ FailedDeletions: 5, PostponedDeletions: 4 });
  });

  it("ends in time, however slow the engine is", async () => {
    const engine = new Engine({ [OLD]: undefined, [OLDER]: undefined });
    engine.faults.set("DELETE", () => json(503, {}));
    const { report, clock } = await run(engine, {}, 30_000);
    expect(report).toMatchObject({ FailedDeletions: 2, DeletedIndices: 0 });
    expect(clock.remainingMs()).toBeGreaterThanOrEqual(5_000);
  });

  it.each<[string, HttpResponse | Error, string]>([
    ["denied", json(403, { Message: "User: anonymous is not authorized to perform: es:ESHttpGet" }), "ACCESS_DENIED"],
    ["refused", Object.assign(new Error("refused"), { code: "ECONNREFUSED" }), "UNREACHABLE"],
    ["an object", json(200, { indices: [] }), "UNEXPECTED_RESPONSE"],
    ["a page", { status: 200, body: "<html>" }, "UNEXPECTED_RESPONSE"],
  ])("deletes nothing and says what to do when the listing is %s", async (_, answer, code) => {
    const engine = new Engine({ [OLD]: undefined });
    engine.faults.set("_cat/indices", () => answer);
    const { error, report } = await run(engine);
    expect(error).toMatchObject({ code });
    expect(report).toMatchObject({ errorCode: code, DeletedIndices: 0 });
    expect(engine.left).toEqual([OLD]);
  });

  it("deletes nothing for disks of which it does not know how full they are", async () => {
    const engine = new Engine({ [OLD]: undefined });
    engine.faults.set("_cat/allocation", () => json(200, []));
    const { error } = await run(engine, { rules: { keepDays: 0, keepCount: 0, maxDiskPercent: 1 } });
    expect(String(error)).toContain("did not list the disks: no node says how large its disk is");
    expect(engine.left).toEqual([OLD]);
  });

  it("reads a list of 50,000 indices", async () => {
    const engine = new Engine({});
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      index: `cwl-${"x".repeat(90)}${n}-2026.11.26`,
      "docs.count": "123456789",
      "store.size": "12345678901",
    }));
    engine.faults.set("_cat/indices", ({ maxResponseBytes }) => {
      const response = json(200, rows);
      return response.body.length <= maxResponseBytes ? response : new Error("too long");
    });
    expect((await run(engine)).report).toMatchObject({ Indices: 50_000, DeletedIndices: 0 });
  });

  it("fails at once, with what to do, when its secret holds no credentials", async () => {
    const engine = new Engine({ [OLD]: undefined });
    engine.faults.set(
      "/_cat/indices",
      () => new SecretError("SECRET_UNUSABLE", "The secret search holds no credentials"),
    );
    const { error } = await run(engine);
    expect(error).toMatchObject({
      name: "CleanUpError",
      code: "SECRET_UNUSABLE",
      message: "The secret search holds no credentials",
    });
    expect(engine.requests).toHaveLength(1);
  });
});

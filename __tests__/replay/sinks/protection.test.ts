import { StoppedError, UndeliveredError } from "../../../archive/outcome-errors";
import type { HttpRequest, HttpResponse } from "../../../core/http/send";
import { LaneMessages } from "../../../replay/lane-messages";
import type { ReplayRecord } from "../../../replay/records";
import { Protection } from "../../../replay/sinks/protection";
import { searchSink } from "../../../replay/sinks/search";
import { emptyTally, tallyProgress } from "../../../replay/sinks/sink";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";
import { FakeRunDeadline } from "../../support/run-deadline";

const UNTIL = new Date("2027-01-01T00:00:00.000Z");
const INDEX = `cwl-foo-${new Date(ARRIVAL).toISOString().slice(0, 10).replaceAll("-", ".")}`;
const ORIGIN = { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };
const json = (status: number, body: unknown): HttpResponse => ({ status, body: JSON.stringify(body) });
const engineError = (status: number, type: string) => json(status, { error: { type, reason: "no" } });

const recordOf = (logGroup: string, ...numbers: number[]): ReplayRecord => ({
  origin: ORIGIN,
  envelopes: [
    envelope(
      numbers.map((n) => logEvent(n, `${n}`)),
      { logGroup },
    ),
  ],
});

/** An engine that keeps the `_meta` of its indices, and knows the settings and the ways out of a policy that it is given. */
class Engine {
  readonly requests: string[] = [];
  readonly metas = new Map<string, Record<string, unknown>>();
  readonly created: unknown[] = [];
  settings = /./;
  release = "/_plugins/_ism/remove/";
  fault: ((request: HttpRequest) => HttpResponse | undefined) | undefined;

  readonly send = async (request: HttpRequest): Promise<HttpResponse> => {
    const { method, path, body } = request;
    this.requests.push(`${method} ${path}`);
    const fault = this.fault?.(request);
    if (fault) return fault;
    if (method === "POST")
      return path.includes(this.release) ? json(200, {}) : engineError(400, "illegal_argument_exception");
    const name = path.split("/")[1]!;
    const given = body.length > 0 ? JSON.parse(body.toString()) : {};
    if (method === "PUT" && !path.endsWith("_mapping")) {
      if (!Object.keys(given.settings).every((key) => this.settings.test(key)))
        return engineError(400, "settings_exception");
      this.created.push(given.settings);
      this.metas.set(name, { pipeline: "logs" });
      return json(200, { acknowledged: true });
    }
    const meta = this.metas.get(name);
    if (!meta) return engineError(404, "index_not_found_exception");
    if (method === "PUT") {
      this.metas.set(name, given._meta);
      return json(200, { acknowledged: true });
    }
    return json(200, { [name]: { mappings: { _meta: meta } } });
  };
}

function prepare() {
  const engine = new Engine();
  const deadline = new FakeRunDeadline();
  return { engine, deadline, protection: new Protection(UNTIL, engine.send, CWL, deadline) };
}

describe("Protection", () => {
  it("creates an index that is missing, unmanaged, and adds to what the template says of it", async () => {
    const { engine, protection } = prepare();
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toEqual({ pipeline: "logs", protected_until: UNTIL.toISOString() });
    expect(engine.created).toEqual([
      {
        "index.plugins.index_state_management.auto_manage": false,
        "index.opendistro.index_state_management.auto_manage": false,
      },
    ]);
    expect(engine.requests).toContain(`POST /_plugins/_ism/remove/${INDEX}`);
  });

  it.each([
    ["OpenSearch Service's Elasticsearch", /opendistro/, "/_opendistro/_ism/remove/", 1],
    ["Elasticsearch", /^$/, "/_ilm/remove", 0],
    ["an engine without lifecycles", /^$/, "none", 0],
  ])("does the nearest on %s", async (_, settings, release, known) => {
    const { engine, protection } = prepare();
    Object.assign(engine, { settings, release });
    await protection.protect([recordOf("foo", 1)]);
    expect(Object.keys(engine.created[0]!)).toHaveLength(known);
    expect(engine.metas.get(INDEX)).toHaveProperty("protected_until");
  });

  it("leaves a protection that lasts longer, and the rest of the mapping's meta", async () => {
    const { engine, protection } = prepare();
    const later = { owner: "me", protected_until: "2028-01-01" };
    engine.metas.set(INDEX, later);
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toEqual(later);

    engine.metas.set(INDEX, { owner: "me", protected_until: "2026-01-01" });
    await new Protection(UNTIL, engine.send, CWL, new FakeRunDeadline()).protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toEqual({ owner: "me", protected_until: UNTIL.toISOString() });
  });

  it("leaves a protection that the clean-up function cannot read, and which therefore holds for ever", async () => {
    const { engine, protection } = prepare();
    engine.metas.set(INDEX, { protected_until: "week 7" });
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toEqual({ protected_until: "week 7" });
  });

  it("protects each index of the events once in a run, and says how many", async () => {
    const { engine, protection } = prepare();
    await Promise.all([1, 2].map((n) => protection.protect([recordOf("foo", n), recordOf("bar", n)])));
    expect(engine.requests.filter((request) => /^PUT .*_mapping$/.test(request))).toHaveLength(2);
    expect(protection.summary()).toMatch(/^2 indices are protected until 2027-01-01T00:00:00.000Z/);
  });

  it("takes an index that somebody else creates meanwhile", async () => {
    const { engine, protection } = prepare();
    engine.fault = ({ method, path }) => {
      if (method !== "PUT" || path.endsWith("_mapping")) return undefined;
      engine.metas.set(INDEX, {});
      return engineError(400, "resource_already_exists_exception");
    };
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toEqual({ protected_until: UNTIL.toISOString() });
  });

  it.each([
    ["GET", "_mapping", "could not be read: 403 security_exception."],
    ["PUT", `/${INDEX}`, "could not be created: 403 security_exception."],
    ["POST", "_ism/remove", "could not be taken out of its lifecycle policy: 403 security_exception."],
    ["PUT", "_mapping", "could not be marked in its mapping: 403 security_exception."],
  ])(
    "stops the run before it delivers anything when %s %s is denied, and says what to allow",
    async (method, path, text) => {
      const { engine, deadline, protection } = prepare();
      engine.fault = (request) =>
        request.method === method && request.path.endsWith(path === "_ism/remove" ? `${path}/${INDEX}` : path)
          ? engineError(403, "security_exception")
          : undefined;
      const sink = searchSink({
        ...{ send: engine.send, endpoint: "https://search.example", indexLayouts: CWL, archivePrefix: "" },
        messages: new LaneMessages(undefined),
        ...{ timeField: "", recordMaxBytes: 2 ** 25, bucket: undefined as never, deadline, protection },
      });
      const delivering = sink.deliver([recordOf("foo", 1)], tallyProgress(emptyTally()));
      await expect(delivering).rejects.toThrow(StoppedError);
      await expect(delivering).rejects.toThrow(`${INDEX} ${text} --keep-days needs`);
      expect(engine.requests.filter((request) => request.includes("_bulk"))).toEqual([]);
    },
  );

  const failed = (reason: string) => ({ updated_indices: 0, failures: true, failed_indices: [{ reason }] });

  it.each<[string, string, unknown]>([
    ["that is not about the index", "GET", { error: "try later" }],
    ["about another index, as for an alias", "GET", { "cwl-other-2026.11.01": { mappings: {} } }],
    ["of a policy that keeps a closed index", "POST", failed("This index is closed")],
    ["of a policy that keeps an index", "POST", { has_failures: true, failed_indexes: [INDEX] }],
    ["without an acknowledgement", "PUT", { acknowledged: false }],
    ["of a proxy", "PUT", { message: "ok" }],
  ])("takes no 200 %s for a protection", async (_, method, body) => {
    const { engine, protection } = prepare();
    engine.metas.set(INDEX, { pipeline: "logs" });
    engine.fault = (request) => (request.method === method ? json(200, body) : undefined);
    await expect(protection.protect([recordOf("foo", 1)])).rejects.toThrow("200 and not done");
    expect(engine.metas.get(INDEX)).toEqual({ pipeline: "logs" });
  });

  it("protects an index that no policy deletes", async () => {
    const { engine, protection } = prepare();
    engine.fault = ({ method }) =>
      method === "POST" ? json(200, failed("This index does not have a policy to remove")) : undefined;
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toHaveProperty("protected_until");
  });

  it("waits for an engine that is busy, and leaves the object to a later run when it stays so", async () => {
    const { engine, deadline, protection } = prepare();
    engine.fault = () => (deadline.nowMs < 10_000 ? json(503, {}) : undefined);
    await protection.protect([recordOf("foo", 1)]);
    expect(engine.metas.get(INDEX)).toHaveProperty("protected_until");

    engine.fault = () => json(503, {});
    await expect(protection.protect([recordOf("bar", 1)])).rejects.toThrow(UndeliveredError);
    engine.fault = undefined;
    await protection.protect([recordOf("bar", 1)]);
    expect(engine.metas.size).toBe(2);
  });
});

import { tooLongError } from "../../../core/http/limits";
import { ensureIndices } from "../../../core/indices/ensure-indices";
import type { PipelineIndices } from "../../../core/indices/pipeline-indices";
import { indexTemplates, TEMPLATE_VERSION } from "../../../core/indices/template";
import { ContentsEngine, type LifecycleOf, rejectedWith } from "../../support/contents-engine";
import { pipelineIndices } from "../../support/pipeline-indices";

const TEMPLATE = "/_index_template/logs";
const plain = pipelineIndices();
const kept = pipelineIndices({ retentionDays: 30 });

const ensure = (engine: ContentsEngine, indices: PipelineIndices = plain) =>
  ensureIndices(indices, { send: engine.send, remainingMs: () => 5_000 });

/** An engine on which a process has ensured these. */
async function prepared(indices: PipelineIndices, lifecycle?: LifecycleOf): Promise<ContentsEngine> {
  const engine = new ContentsEngine(lifecycle);
  await ensure(engine, indices);
  engine.requests.length = 0;
  return engine;
}

const metaOf = (engine: ContentsEngine) => (engine.templates.get("logs") as { _meta: object } | undefined)?._meta;

describe("ensureIndices, the template", () => {
  it("puts a template that is missing, and says whose it is", async () => {
    const engine = new ContentsEngine();
    expect(await ensure(engine)).toEqual([]);
    expect(engine.calls).toEqual([`GET ${TEMPLATE}`, `PUT ${TEMPLATE}`]);
    const { _meta, ...body } = engine.templates.get("logs") as Record<string, unknown>;
    expect(body).toMatchObject({ index_patterns: ["cwl-*-20*.*.*"], priority: 104 });
    expect(_meta).toMatchObject({
      pipeline: "logs",
      index_prefix: "cwl-",
      version: TEMPLATE_VERSION,
      lifecycle: "none",
    });
  });

  it.each<[string, PipelineIndices, LifecycleOf]>([
    ["without a lifecycle", plain, "nothing"],
    ["with ISM", kept, "ism"],
    ["with ISM of Elasticsearch", kept, "opendistro"],
    ["with ILM", kept, "ilm"],
  ])("asks once and changes nothing where all is as it should be: %s", async (_, indices, lifecycle) => {
    const engine = await prepared(indices, lifecycle);
    expect(await ensure(engine, indices)).toEqual([]);
    expect(engine.calls).toEqual([`GET ${TEMPLATE}`]);
  });

  it("puts its own template again for an older version and for other settings, and leaves a newer one", async () => {
    const engine = await prepared(plain);
    const current = engine.templates.get("logs") as { _meta: object };
    const versioned = async (version: number) => {
      engine.requests.length = 0;
      engine.templates.set("logs", { ...current, _meta: { ...current._meta, version } });
      expect(await ensure(engine)).toEqual([]);
      return engine.calls.length;
    };
    expect([await versioned(TEMPLATE_VERSION - 1), await versioned(TEMPLATE_VERSION + 1)]).toEqual([2, 1]);
    engine.templates.set("logs", current);
    expect(await ensure(engine, pipelineIndices({ shards: 3 }))).toEqual([]);
    expect(metaOf(engine)).toMatchObject({ settings: expect.stringContaining("shards=3") });
  });

  it("leaves a template of other settings to the pipeline when it runs for a command", async () => {
    const engine = await prepared(kept, "ism");
    const io = { send: engine.send, remainingMs: () => 5_000 };
    const before = metaOf(engine);
    const older = pipelineIndices({ shards: 3, retentionDays: 1 });
    expect(await ensureIndices(older, io, { onlyMissing: true })).toEqual([]);
    expect([engine.calls, metaOf(engine)]).toEqual([[`GET ${TEMPLATE}`], before]);

    const empty = new ContentsEngine();
    expect(await ensureIndices(older, { ...io, send: empty.send }, { onlyMissing: true })).toEqual([]);
    expect(metaOf(empty)).toMatchObject({ settings: expect.stringContaining("shards=3") });
  });

  it("takes a template of the pipeline's earlier prefix for its own", async () => {
    const engine = await prepared(plain);
    const moved = pipelineIndices({ prefix: "app-" });
    const earlier = [{ ...plain.layouts.current, until: 3_600_000 }];
    expect(await ensure(engine, { ...moved, layouts: { ...moved.layouts, earlier } })).toEqual([]);
    expect(metaOf(engine)).toMatchObject({ index_prefix: "app-" });
  });

  it.each<[string, unknown]>([
    ["another pipeline", { pipeline: "other", index_prefix: "cwl-", version: 1 }],
    ["another prefix", { pipeline: "logs", index_prefix: "app-", version: 1 }],
    ["nobody", undefined],
    ["something else", "logs"],
    ["no version", { pipeline: "logs", index_prefix: "cwl-" }],
  ])("warns of a template that names %s, and leaves it", async (_, _meta) => {
    const engine = new ContentsEngine();
    const theirs = { index_patterns: ["cwl-*"], _meta };
    engine.templates.set("logs", theirs);
    expect(await ensure(engine)).toEqual([expect.stringContaining("is another owner's and stays as it is")]);
    expect(engine.templates.get("logs")).toBe(theirs);
    expect(engine.calls).toEqual([`GET ${TEMPLATE}`]);
  });

  it("puts the next best body as long as the engine answers 400, and warns if none is left", async () => {
    const bodies = indexTemplates(plain);
    for (const refused of bodies.keys()) {
      const engine = new ContentsEngine();
      let left = refused;
      engine.meddle = ({ method }) =>
        method === "PUT" && left-- > 0 ? rejectedWith(400, "illegal_argument_exception") : undefined;
      expect(await ensure(engine)).toEqual([]);
      expect(engine.templates.get("logs")).toMatchObject(bodies[refused]!);
    }
    const engine = new ContentsEngine();
    engine.meddle = ({ method }) => (method === "PUT" ? rejectedWith(400, "illegal_argument_exception") : undefined);
    expect(await ensure(engine)).toEqual([expect.stringContaining("could not be put: 400 illegal_argument_exception")]);
    expect(engine.calls).toHaveLength(1 + bodies.length);
  });

  it.each([503, 429, 404])(
    "puts no simpler body where the engine answers %i: it has not read the first",
    async (status) => {
      const engine = new ContentsEngine();
      engine.meddle = ({ method }) => (method === "PUT" ? rejectedWith(status, "busy_exception") : undefined);
      expect(await ensure(engine)).toEqual([expect.stringContaining(`could not be put: ${status} busy_exception`)]);
      expect(engine.calls).toHaveLength(2);
    },
  );

  it("says so when another template of this priority matches the same indices", async () => {
    const engine = new ContentsEngine();
    const reason =
      "index template [logs] has index patterns [cwl-*-20*.*.*] matching patterns from existing templates [theirs] with " +
      "patterns (theirs => [cwl-*]) that have the same priority [104], multiple index templates may not match during index " +
      "creation, please use a different priority";
    engine.meddle = ({ method }) =>
      method === "PUT" ? rejectedWith(400, "illegal_argument_exception", reason) : undefined;
    expect(await ensure(engine)).toEqual([expect.stringContaining("another index template matches the same indices")]);
    expect(engine.calls).toHaveLength(2);
  });
});

describe("ensureIndices, the lifecycle", () => {
  it.each<[LifecycleOf, string, string]>([
    ["ism", "/_plugins/_ism/policies/logs", "ism"],
    ["opendistro", "/_opendistro/_ism/policies/logs", "ism"],
    ["ilm", "/_ilm/policy/logs", "ilm"],
  ])("puts the policy before the template: %s", async (lifecycle, path, kind) => {
    const engine = new ContentsEngine(lifecycle);
    expect(await ensure(engine, kept)).toEqual([]);
    expect(engine.calls.filter((call) => call.startsWith("PUT"))).toEqual([`PUT ${path}`, `PUT ${TEMPLATE}`]);
    expect(metaOf(engine)).toMatchObject({ lifecycle: kind });
    const settings = JSON.stringify(engine.templates.get("logs"));
    expect(settings.includes('"index.lifecycle.name":"logs"')).toBe(kind === "ilm");
  });

  it.each<LifecycleOf>(["ism", "opendistro", "ilm"])(
    "changes its own policy when the retention changes: %s",
    async (lifecycle) => {
      const engine = await prepared(kept, lifecycle);
      expect(await ensure(engine, pipelineIndices({ retentionDays: 60 }))).toEqual([]);
      expect(JSON.stringify(engine.policies.get("logs"))).toContain(`"${60 * 24 + 26}h"`);
      expect(await ensure(engine, pipelineIndices({ retentionDays: 0 }))).toEqual([]);
      expect(JSON.stringify(engine.policies.get("logs"))).not.toContain("delete");
      expect(metaOf(engine)).toMatchObject({ lifecycle: "none" });
      expect(JSON.stringify(engine.templates.get("logs"))).not.toContain("lifecycle.name");
    },
  );

  it.each<LifecycleOf>(["ism", "ilm"])(
    "warns of another owner's policy, leaves it, and puts the template: %s",
    async (lifecycle) => {
      const engine = new ContentsEngine(lifecycle);
      const theirs = { policy: { description: "Theirs {not ours}", phases: {} } };
      engine.policies.set("logs", theirs);
      expect(await ensure(engine, kept)).toEqual([
        expect.stringMatching(/^The lifecycle policy "logs" is another owner's/),
      ]);
      expect(engine.policies.get("logs")).toBe(theirs);
      expect(metaOf(engine)).toMatchObject({ lifecycle: "none" });
    },
  );

  it("tries the policy again in the next process, and puts no template for that", async () => {
    const engine = await prepared(kept, "nothing");
    expect(await ensure(engine, kept)).toEqual([expect.stringContaining("neither Index State Management nor")]);
    expect(engine.calls.filter((call) => call.startsWith("PUT"))).toEqual([]);
  });

  it("takes it for its own if another process was quicker", async () => {
    const engine = new ContentsEngine();
    engine.meddle = ({ method, path }) =>
      method === "PUT" && path.includes("_ism") ? rejectedWith(409, "version_conflict_engine_exception") : undefined;
    expect(await ensure(engine, kept)).toEqual([]);
  });

  it("says what to allow where the policy is refused, whatever else the engine allows", async () => {
    const engine = new ContentsEngine();
    engine.meddle = ({ path }) => (/_ism|_ilm/.test(path) ? rejectedWith(403, "security_exception") : undefined);
    expect(await ensure(engine, kept)).toEqual([
      expect.stringMatching(/403 security_exception.*the command `search setup`/),
    ]);
    expect(metaOf(engine)).toMatchObject({ lifecycle: "none" });
  });
});

describe("ensureIndices, an engine that does not help", () => {
  const denial = `User: arn:aws:sts::111111111111:assumed-role/logs/x is not authorized to perform: es:ESHttpGet`;

  it.each<[string, ContentsEngine["answers"][number], RegExp]>([
    [
      "refuses",
      rejectedWith(403, "security_exception"),
      /403 security_exception\. Allow the sender's role to GET and PUT _index_template\/logs/,
    ],
    [
      "refuses in AWS's words",
      { status: 403, body: JSON.stringify({ Message: denial }) },
      /AWS said: User: arn:aws:sts/,
    ],
    [
      "has no composable templates",
      { status: 400, body: '{"error":"no handler found for uri"}' },
      /Index templates need Elasticsearch 7\.8/,
    ],
    ["is overloaded", { status: 503, body: "" }, /could not be read: 503\. It is tried again later/],
    ["is a proxy without it", { status: 404, body: "<html>a secret</html>" }, /could not be read: 404/],
    ["answers with a page", { status: 200, body: "<html>a secret</html>" }, /could not be read: 200/],
    ["answers with other JSON", { status: 200, body: '{"index_templates":{"a":"secret"}}' }, /could not be read: 200/],
    ["answers with nulls", { status: 200, body: '{"index_templates":[null]}' }, /could not be read: 200/],
    ["answers too much", tooLongError(), /longer than the request's limit/],
    ["answers too late", Object.assign(new Error("aborted"), { name: "TimeoutError" }), /no complete response in time/],
    ["is down", Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), /ECONNREFUSED/],
  ])("gets one request and no template, and is named in one warning: it %s", async (_, answer, warning) => {
    const engine = new ContentsEngine();
    engine.answers.push(answer);
    const warnings = await ensure(engine, kept);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(warnings.join()).not.toContain("secret");
    expect(engine.calls).toEqual([`GET ${TEMPLATE}`]);
  });

  it("is asked for no more than a template and policy take, and no longer than there is time", async () => {
    const engine = new ContentsEngine();
    await ensureIndices(kept, { send: engine.send, remainingMs: () => 5_000 - 1_500 * engine.requests.length });
    expect(engine.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 3_500, 2_000, 500]);
    expect(engine.requests.every(({ maxResponseBytes }) => maxResponseBytes === 256 * 1024)).toBe(true);
    engine.requests.length = 0;
    expect(await ensureIndices(kept, { send: engine.send, remainingMs: () => 0 })).toHaveLength(1);
    expect(engine.requests).toEqual([]);
  });
});

it("ends alike however many processes begin at the same time", async () => {
  for (const lifecycle of ["ism", "ilm"] as const) {
    const [one, many] = [await prepared(kept, lifecycle), new ContentsEngine(lifecycle)];
    const warnings = await Promise.all(Array.from({ length: 20 }, () => ensure(many, kept)));
    expect(warnings.flat()).toEqual([]);
    expect([many.templates, many.policies]).toEqual([one.templates, one.policies]);
  }
});

import { indicesOfSettings } from "../../../core/indices/configured-indices";
import type { ApiCall, ApiClient } from "../../../search/client";
import { lifecycleItems, readLifecycle } from "../../../search/indices/lifecycle";
import { setUp } from "../../../search/setup/run";
import { defaultIndexSettings } from "../../support/index-settings";

type Kept = Record<string, unknown>;

const MISSING = { status: 404, body: { error: { type: "status_exception" }, status: 404 } };

/** What Index State Management answers: it adds members of its own, and makes a list of a single template. */
function ism(): { engine: ApiClient; kept: Map<string, Kept>; calls: ApiCall[] } {
  const kept = new Map<string, Kept>();
  const calls: ApiCall[] = [];
  const call: ApiClient["call"] = async (request) => {
    calls.push(request);
    const [, id] = /^\/_plugins\/_ism\/policies\/([^?]+)/.exec(request.path) ?? [];
    if (id === undefined) return { status: 400, body: { error: "no handler found" } };
    if (request.method === "PUT") kept.set(id, request.body as Kept);
    const found = kept.get(id);
    if (!found) return MISSING;
    const { policy } = structuredClone(found) as { policy: { ism_template: object; states: { actions: object[] }[] } };
    const states = policy.states.map((state) => ({
      ...state,
      actions: state.actions.map((action) => ({ retry: { count: 3, backoff: "exponential", delay: "1m" }, ...action })),
    }));
    const ism_template = [{ ...policy.ism_template, last_updated_time: 1 }];
    const own = { policy_id: id, schema_version: 21, last_updated_time: 2, error_notification: null };
    return {
      status: 200,
      body: { _id: id, _seq_no: 7, _primary_term: 2, policy: { ...own, ...policy, states, ism_template } },
    };
  };
  return { engine: { call }, kept, calls };
}

/** What Index Lifecycle Management answers: the policies by their names, with what it adds. */
function ilm(): { engine: ApiClient; kept: Map<string, Kept> } {
  const kept = new Map<string, Kept>();
  const call: ApiClient["call"] = async ({ method, path, body }) => {
    const [, id] = /^\/_ilm\/policy\/([^?]+)/.exec(path) ?? [];
    if (id === undefined) return { status: 400, body: { error: "no handler found" } };
    if (method === "PUT") kept.set(id, body as Kept);
    const { policy } = (kept.get(id) ?? {}) as { policy?: { phases: Record<string, { min_age: string }> } };
    if (!policy) return { status: 404, body: { error: { type: "resource_not_found_exception" } } };
    const phases = Object.fromEntries(
      Object.entries(policy.phases).map(([name, phase]) => [
        name,
        { ...phase, actions: { delete: { delete_searchable_snapshot: true } } },
      ]),
    );
    return { status: 200, body: { [id]: { policy: { ...policy, phases } } } };
  };
  return { engine: { call }, kept };
}

const setUpPolicy = (engine: ApiClient, changes = {}, writes = true) => {
  const indices = indicesOfSettings(defaultIndexSettings(changes))!;
  const items = async () => lifecycleItems(indices, await readLifecycle(indices, engine), engine);
  return setUp([{ title: "lifecycle policy", items }], writes);
};

describe.each([
  ["ism", ism],
  ["ilm", ilm],
] as const)("the lifecycle policy by %s", (kind, start) => {
  const title = `lifecycle policy logging-pipeline (${kind})`;

  it("is put once, and found unchanged whatever the engine adds to it", async () => {
    const { engine } = start();
    expect(await setUpPolicy(engine)).toMatchObject([{ title, outcome: "created" }]);
    expect(await setUpPolicy(engine)).toEqual([{ title, outcome: "unchanged", lines: [] }]);
  });

  it("follows the retention, down to one that deletes nothing", async () => {
    const { engine, kept } = start();
    await setUpPolicy(engine);
    expect(await setUpPolicy(engine, { retentionDays: 7 })).toMatchObject([{ outcome: "updated" }]);
    expect(JSON.stringify(kept.get("logging-pipeline"))).toContain('"194h"');
    await setUpPolicy(engine, { retentionDays: 0 });
    expect(JSON.stringify(kept.get("logging-pipeline"))).not.toMatch(/194h|"delete"/);
    expect(await setUpPolicy(engine, { retentionDays: 0 })).toMatchObject([{ outcome: "unchanged" }]);
  });

  it("shows and undoes what somebody has changed in it", async () => {
    const { engine, kept } = start();
    await setUpPolicy(engine);
    const changed = JSON.stringify(kept.get("logging-pipeline")).replace(/"\d+h"/, '"1h"');
    kept.set("logging-pipeline", JSON.parse(changed));
    const [check] = await setUpPolicy(engine, {}, false);
    expect(check!.outcome).toBe("updated");
    expect(check!.lines).toEqual([
      expect.stringMatching(/^- .*min_(index_)?age: "1h"$/),
      expect.stringMatching(/^\+ .*min_(index_)?age: "746h"$/),
    ]);
    await setUpPolicy(engine);
    expect(await setUpPolicy(engine)).toMatchObject([{ outcome: "unchanged" }]);
  });

  it("is left as it is where it is another owner's, and not put where none is wanted", async () => {
    const { engine, kept } = start();
    expect(await setUpPolicy(engine, { retentionDays: 0 })).toEqual([]);
    await setUpPolicy(engine, { name: "other" });
    const theirs = kept.get("other")!;
    kept.set("logging-pipeline", theirs);
    expect(await setUpPolicy(engine)).toMatchObject([{ outcome: "foreign" }]);
    expect(kept.get("logging-pipeline")).toBe(theirs);
  });
});

describe("the lifecycle policy", () => {
  it("is put over the very one that was read, so that nobody's change in between is lost", async () => {
    const { engine, calls } = ism();
    await setUpPolicy(engine);
    await setUpPolicy(engine, { retentionDays: 7 });
    expect(calls.filter(({ method }) => method === "PUT").map(({ path }) => path)).toEqual([
      "/_plugins/_ism/policies/logging-pipeline",
      "/_plugins/_ism/policies/logging-pipeline?if_seq_no=7&if_primary_term=2",
    ]);
  });
});

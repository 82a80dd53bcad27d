import fc from "fast-check";
import { parsePeriodName, periodName } from "../../../core/events/index-period";
import { deletionAge, LIFECYCLE_APIS } from "../../../core/indices/lifecycle";
import { INDEX_PERIODS } from "../../../core/settings/index-periods";
import { pipelineIndices } from "../../support/pipeline-indices";

const HOUR_MS = 3_600_000;

describe("deletionAge", () => {
  it("keeps an index for its retention after its period, however early in the period, or before it, it was created", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...INDEX_PERIODS),
        fc.integer({ min: 1, max: 3_650 }),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        fc.integer({ min: -2 * HOUR_MS, max: 40 * 24 * HOUR_MS }),
        (period, retentionDays, time, late) => {
          const indices = pipelineIndices({ retentionDays, period });
          const { start, end } = parsePeriodName(periodName(period, time.toISOString()))!;
          const age = Number.parseInt(deletionAge(indices), 10) * HOUR_MS;
          expect(start + late + age).toBeGreaterThanOrEqual(end + retentionDays * 24 * HOUR_MS);
        },
      ),
    );
  });

  it("is that of the longest period of the pipeline's layouts: one policy has one age", () => {
    const { layouts } = pipelineIndices({ period: "month" });
    const earlier = [{ ...layouts.current, until: 0 }];
    const indices = pipelineIndices({ retentionDays: 1, period: "hour" });
    expect(deletionAge({ ...indices, layouts: { ...indices.layouts, earlier } })).toBe(`${24 + 31 * 24 + 2}h`);
  });
});

describe("LIFECYCLE_APIS", () => {
  it("are Index State Management under both of its names, and Index Lifecycle Management", () => {
    expect(LIFECYCLE_APIS.map((api) => api.path("logs"))).toEqual([
      "/_plugins/_ism/policies/logs",
      "/_opendistro/_ism/policies/logs",
      "/_ilm/policy/logs",
    ]);
  });

  it("delete by the age, and only indices whose names the pipeline makes", () => {
    const indices = pipelineIndices({ retentionDays: 30 });
    const [ism, , ilm] = LIFECYCLE_APIS.map((api) => api.body(indices));
    const [kept, deleted] = [
      {
        name: "kept",
        actions: [],
        transitions: [{ state_name: "deleted", conditions: { min_index_age: "746h" } }],
      },
      { name: "deleted", actions: [{ delete: {} }], transitions: [] },
    ];
    expect(ism).toEqual({
      policy: {
        description: expect.stringMatching(/^Deletes each index 30 days after the end of its period\. \{.*\}$/),
        default_state: "kept",
        states: [kept, deleted],
        ism_template: { index_patterns: ["cwl-*-20*.*.*"], priority: 104 },
      },
    });
    expect(ilm).toEqual({
      policy: {
        _meta: expect.objectContaining({ pipeline: "logs", index_prefix: "cwl-", version: 1 }),
        phases: { delete: { min_age: "746h", actions: { delete: {} } } },
      },
    });
  });

  it("give a pipeline its own policy whose prefix begins with another's", () => {
    const priorityOf = (prefix: string) => {
      const body = LIFECYCLE_APIS[0]!.body(pipelineIndices({ prefix, retentionDays: 30 }));
      return (body as { policy: { ism_template: { priority: number } } }).policy.ism_template.priority;
    };
    expect(priorityOf("cwl-b-")).toBeGreaterThan(priorityOf("cwl-"));
  });

  it.each(LIFECYCLE_APIS.map((api) => [api.path("x"), api] as const))(
    "delete nothing with a retention of 0: %s",
    (_, api) => {
      expect(JSON.stringify(api.body(pipelineIndices({ retentionDays: 0 })))).not.toMatch(/"delete"|deleted/);
    },
  );
});

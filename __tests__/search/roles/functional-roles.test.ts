import { FUNCTIONAL_ROLES, roleBody, roleName } from "../../../search/roles/functional-roles";
import { defaultIndexSettings } from "../../support/index-settings";

describe("a functional role", () => {
  it("is named by its pipeline, and says so", () => {
    const settings = defaultIndexSettings({ name: "logs", prefix: "cwl-" });
    expect(FUNCTIONAL_ROLES.map((role) => roleName(settings, role))).toEqual([
      ...["logs-writer", "logs-reader", "logs-cleaner", "logs-administrator"],
    ]);
    expect(roleBody(settings, "reader").description).toContain("logging pipeline logs,");
  });

  it("holds for the indices of earlier names, too, and never for all indices", () => {
    const until = Date.parse("2026-12-01T00:00Z");
    const past = { until, prefix: "old-", period: "week" as const, indices: new Map() };
    const settings = { ...defaultIndexSettings({ name: "logs", prefix: "cwl-" }), history: [past] };
    for (const role of FUNCTIONAL_ROLES) {
      const [ours, ...others] = roleBody(settings, role).index_permissions;
      expect(ours!.index_patterns).toEqual(["cwl-*-20*.*.*", "old-*-20*.w*"]);
      for (const pattern of others.flatMap(({ index_patterns }) => index_patterns)) {
        expect(pattern).toMatch(/^\.(kibana|opensearch_dashboards)(_\?{1,2})?$/);
      }
    }
  });

  it("lets the writer keep a template only where the pipeline has one", () => {
    const cluster = (template: "managed" | "none") =>
      roleBody(defaultIndexSettings({ template }), "writer").cluster_permissions.filter((action) =>
        action.includes("template"),
      );
    expect(cluster("managed")).toEqual(["indices:admin/index_template/get", "indices:admin/index_template/put"]);
    expect(cluster("none")).toEqual([]);
  });
});

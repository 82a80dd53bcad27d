import { ApplyOutput, type ApplyProgress } from "../../../local/terraform/apply-output";

const line = (message: object) => JSON.stringify({ "@level": "info", ...message });
const summary = (operation: string, add: number, change = 0, remove = 0) =>
  line({ type: "change_summary", changes: { operation, add, change, remove } });
const addr = "aws_kms_key.this";
const about = (type: string, action: string, resource = addr) =>
  line({ type, [type === "planned_change" ? "change" : "hook"]: { action, resource: { addr: resource } } });
const complete = (action: string) => about("apply_complete", action);

function read(...lines: string[]): { reported: ApplyProgress[]; errors: string } {
  const reported: ApplyProgress[] = [];
  const output = new ApplyOutput((progress) => reported.push(progress));
  for (const each of lines) output.read(each);
  return { reported, errors: output.errors };
}

describe("ApplyOutput", () => {
  it("counts applied resources of the planned ones", () => {
    expect(
      read(summary("plan", 2, 1, 1), complete("create"), complete("update"), summary("apply", 1, 1)).reported,
    ).toMatchObject([
      { applied: 0, planned: 4 },
      { applied: 1, planned: 4 },
      { applied: 2, planned: 4 },
    ]);
  });

  it("does not count data sources, which are read before the plan is made", () => {
    expect(read(complete("read"), summary("plan", 1)).reported).toEqual([
      { applied: 0, planned: 1, resources: new Map() },
    ]);
  });

  it("knows of each resource what becomes of it, and of no data source", () => {
    const { reported } = read(
      about("planned_change", "read", "data.aws_region.this"),
      ...["a", "b", "c", "d"].map((name) => about("planned_change", "create", name)),
      summary("plan", 4),
      ...["a", "b", "c"].map((name) => about("apply_start", "create", name)),
      about("apply_complete", "create", "a"),
      about("apply_errored", "create", "b"),
    );
    expect(reported).toHaveLength(6);
    expect([...reported.at(-1)!.resources]).toEqual([
      ["a", "applied"],
      ["b", "failed"],
      ["c", "applying"],
      ["d", "planned"],
    ]);
  });

  it("collects errors with summary and resource, and no warnings", () => {
    const diagnostic = (severity: string, summary: string, address?: string) =>
      line({ type: "diagnostic", diagnostic: { severity, summary, detail: "Because.", address } });
    const { errors } = read(
      "not JSON",
      diagnostic("warning", "Deprecated"),
      diagnostic("error", "creating Key", "aws_kms_key.this"),
      diagnostic("error", "No value"),
    );
    expect(errors).toBe("aws_kms_key.this: creating Key\nBecause.\n\nNo value\nBecause.");
  });
});

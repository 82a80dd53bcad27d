import { ApplyOutput, type ApplyProgress } from "../../../local/terraform/apply-output";

const line = (message: object) => JSON.stringify({ "@level": "info", ...message });
const summary = (operation: string, add: number, change = 0, remove = 0) =>
  line({ type: "change_summary", changes: { operation, add, change, remove } });
const complete = (action: string) => line({ type: "apply_complete", hook: { action } });

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
    ).toEqual([
      { applied: 0, planned: 4 },
      { applied: 1, planned: 4 },
      { applied: 2, planned: 4 },
    ]);
  });

  it("does not count data sources, which are read before the plan is made", () => {
    expect(read(complete("read"), summary("plan", 1)).reported).toEqual([{ applied: 0, planned: 1 }]);
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

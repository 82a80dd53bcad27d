import { summary } from "../../../local/terraform/stack";

describe("summary", () => {
  it.each([
    "Plan: 25 to add, 0 to change, 0 to destroy.",
    "No changes. Your infrastructure matches the configuration.",
    "Changes to Outputs:",
  ])("finds the summary line of a plan: %s", (line) => {
    expect(summary(`Terraform will perform the following actions:\n\n${line}\n\nand more`)).toBe(line);
  });

  it("rejects output without a summary", () => {
    expect(() => summary("Initializing…")).toThrow("terraform plan printed no summary:\nInitializing…");
  });
});

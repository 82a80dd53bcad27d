import { UsageError } from "../../../tools/usage/usage-error";
import { ValidationErrors } from "../../../tools/usage/validation-errors";

describe("ValidationErrors", () => {
  it("throws nothing as long as there are none", () => {
    const errors = new ValidationErrors();
    expect(errors.isEmpty).toBe(true);
    expect(() => errors.throwIfAny()).not.toThrow();
  });

  it("throws all of them in one UsageError, in their order", () => {
    const errors = new ValidationErrors();
    errors.add("--from is missing.");
    errors.addFrom(new UsageError(["--to is missing.", "There is no remote:\n  origin"]));
    expect(() => errors.throwIfAny()).toThrow(
      new UsageError(["--from is missing.", "--to is missing.", "There is no remote:\n  origin"]),
    );
    expect(() => errors.throwIfAny()).toThrow(
      "- --from is missing.\n- --to is missing.\n- There is no remote:\n  origin",
    );
  });

  it("passes on an error that is no usage error", () => {
    const defect = new TypeError("x is not a function");
    expect(() => new ValidationErrors().addFrom(defect)).toThrow(defect);
  });
});

describe("UsageError", () => {
  it("has nothing in its message that controls a terminal", () => {
    expect(new UsageError(["a\u001b[2J\u202e\n  b"]).message).toBe("Nothing was done:\n- a\ufffd\n  b");
  });
});

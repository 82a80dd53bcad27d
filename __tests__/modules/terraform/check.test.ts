import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { PlainAddressStack } from "../../../modules";
import { Check } from "../../../modules/terraform/check";
import { hcl } from "../../../modules/terraform/expression";

const assertion = (of: string) => ({ condition: hcl`length(${[of]}) > 0`, errorMessage: `none of ${of}` });

describe("a check", () => {
  it("is a block of the stack, with its assertions in order", () => {
    const stack = new PlainAddressStack(Testing.app(), "stack");
    new Check(new Construct(stack, "Default"), "ways_in", [assertion("a"), assertion("b")]);

    expect(stack.toTerraform().check).toEqual({
      ways_in: {
        assert: [
          { condition: '${length(["a"]) > 0}', error_message: "none of a" },
          { condition: '${length(["b"]) > 0}', error_message: "none of b" },
        ],
      },
    });
  });

  it("has a name of its own in each of two constructs of one stack", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    for (const id of ["one", "two"]) new Check(new Construct(stack, id), "ways_in", [assertion(id)]);

    const checks: object = stack.toTerraform().check;
    expect(Object.keys(checks)).toEqual([
      expect.stringContaining("one_ways_in"),
      expect.stringContaining("two_ways_in"),
    ]);
  });
});

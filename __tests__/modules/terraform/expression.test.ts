import { TerraformLocal, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { hcl } from "../../../modules/terraform/expression";

describe("hcl", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const name = new TerraformVariable(stack, "name", { type: "string" });

  function written(value: unknown): unknown {
    const local = new TerraformLocal(stack, `local${stack.node.children.length}`, value);
    return JSON.parse(Testing.synth(stack)).locals[local.friendlyUniqueId];
  }

  it.each([
    ["a literal in Terraform's quotes", hcl`upper(${'a"\\${b}%{c}\n'})`, '${upper("a\\"\\\\$${b}%%{c}\\n")}'],
    ["null", hcl`${null}`, "${null}"],
    ["a token without braces of its own", hcl`upper(${name.value})`, "${upper(var.name)}"],
    ["an expression in an expression", hcl`upper(${hcl`lower(${name.value})`})`, "${upper(lower(var.name))}"],
    ["a token in a text", hcl`upper(${`x-${name.value}-y`})`, '${upper("x-${var.name}-y")}'],
    [
      "tokens in lists and objects",
      hcl`f(${{ a: [name.value, 1, true], "b c": null }})`,
      '${f({ "a" = [var.name, 1, true], "b c" = null })}',
    ],
  ])("writes %s", (_, expression, expected) => {
    expect(written(expression)).toBe(expected);
    expect(written(expression.string)).toBe(expected);
  });

  it("can stand in a text, as a number and as a list", () => {
    expect(written(`a ${hcl`f(${1})`} b`)).toBe("a ${f(1)} b");
    expect(written(hcl`f(${1})`.number)).toBe("${f(1)}");
    expect(written(hcl`f(${1})`.list)).toBe("${f(1)}");
  });
});

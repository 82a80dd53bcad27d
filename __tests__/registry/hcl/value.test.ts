import fc from "fast-check";
import { blockText } from "../../../registry/hcl/block";
import { partsOf } from "../../../registry/hcl/template";
import { valueText } from "../../../registry/hcl/value";

const text = (value: unknown): string => valueText(value, { indent: 0, used: 0 });

describe("a value of Terraform's JSON syntax", () => {
  it("that is one expression stands without ${}", () => {
    expect(text("${var.name}")).toBe("var.name");
    expect(text(["${var.name}", "a"])).toBe('[var.name, "a"]');
    expect(text("${var.a}${var.b}")).toBe('"${var.a}${var.b}"');
  });

  it("keeps what a template escapes, and escapes what a string must", () => {
    expect(text('"$${x}" C:\\')).toBe('"\\"$${x}\\" C:\\\\"');
    expect(text('${f("}")} of "${var.a["{"]}"')).toBe('"${f("}")} of \\"${var.a["{"]}\\""');
  });

  it("that is long and computes something is a call of format", () => {
    const group = "x".repeat(90);

    expect(text(`100% of \${upper(var.${group})}`).replaceAll(/\n\s*/g, "")).toBe(
      `format("100%% of %s", upper(var.${group}))`,
    );
    expect(text(`100% of \${var.${group}}`)).toBe(`"100% of \${var.${group}}"`);
  });

  it("with several lines is a heredoc", () => {
    expect(valueText("a\n\nb", { indent: 2, used: 2 })).toBe("<<-EOT\n    a\n\n    b\n  EOT");
    expect(valueText("a\nb\n", { indent: 2, used: 2 })).toBe("<<-EOT\n    a\n    b\n  EOT");
  });

  it("that is neither text nor a collection stands as it is", () => {
    expect([null, true, 0, {}, []].map(text)).toEqual(["null", "true", "0", "{}", "[]"]);
  });

  it("with an unclosed interpolation is rejected", () => {
    expect(() => text("${var.a")).toThrow("${ without } in ${var.a");
    expect(() => text('${"a}')).toThrow("a string does not end");
  });

  it("comes apart without a loss", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", '"', "\\", "$ ", "{", "}", "$${", '${f("}", { a = 1 })}')),
        (pieces) => {
          const template = pieces.join("");
          const joined = partsOf(template).map((part) => ("text" in part ? part.text : `\${${part.expression}}`));

          expect(joined.join("")).toBe(template);
        },
      ),
    );
  });
});

describe("a block", () => {
  it("has its arguments in the usual order, with its reasons next to it", () => {
    const body = {
      tags: "${var.tags}",
      size: 1,
      name: "a",
      lifecycle: { precondition: [{ condition: "${true}", error_message: "no" }] },
      depends_on: ["aws_x.y"],
      dynamic: { option: { for_each: "${var.options}", content: { on: true } } },
      settings: { variables: { A: 1 } },
      for_each: "${var.all}",
    };

    const notes = { comment: "Why.", skipped: { CKV_1: "because" } };

    expect(blockText('resource "aws_x" "this"', body, notes, (path) => path === "settings.variables")).toBe(`# Why.
resource "aws_x" "this" {
  #checkov:skip=CKV_1: because

  for_each = var.all

  name = "a"
  size = 1

  tags = var.tags

  settings {
    variables = { A = 1 }
  }

  dynamic "option" {
    for_each = var.options

    content {
      on = true
    }
  }

  depends_on = [aws_x.y]

  lifecycle {
    precondition {
      condition     = true
      error_message = "no"
    }
  }
}
`);
  });

  it("that is empty takes one line", () => {
    expect(blockText('data "aws_region" "this"', {})).toBe('data "aws_region" "this" {}\n');
  });
});

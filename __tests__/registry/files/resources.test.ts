import { resourceFiles } from "../../../registry/files/resources";

/** The file that declares one resource, or one data source. */
function fileOf(kind: "resource" | "data", type: string, body: Readonly<Record<string, unknown>>): string {
  const synthesized = {
    data: {},
    locals: {},
    check: {},
    resource: {},
    variable: {},
    output: {},
    [kind]: { [type]: { this: body } },
  };
  const address = `${kind === "data" ? "data." : ""}${type}.this`;
  return resourceFiles([{ path: "main.tf", blocks: { [address]: {} } }], synthesized).get("main.tf")!;
}

describe("a resource that no construct has yet", () => {
  it("is written with its maps as attributes, and its nested blocks as blocks", () => {
    expect(
      fileOf("resource", "aws_cloudwatch_metric_alarm", {
        dimensions: { FunctionName: "a" },
        metric_query: [{ id: "m1", metric: { stat: "Sum", dimensions: { FunctionName: "a" } } }],
      }),
    ).toBe(`resource "aws_cloudwatch_metric_alarm" "this" {
  dimensions = { FunctionName = "a" }

  metric_query {
    id = "m1"

    metric {
      stat       = "Sum"
      dimensions = { FunctionName = "a" }
    }
  }
}
`);
  });

  it("is written by its own schema where another resource has a block of the same name", () => {
    expect(fileOf("resource", "aws_lambda_function", { environment: { variables: { A: "1" } } })).toContain(
      "\n  environment {\n    variables = {",
    );
    expect(fileOf("resource", "aws_sagemaker_model", { container: [{ environment: { A: "1" } }] })).toContain(
      "\n    environment = {",
    );
    expect(fileOf("resource", "aws_devopsguru_resource_collection", { tags: { tag_values: ["a"] } })).toContain(
      "\n  tags {\n",
    );
  });

  it("is written with attributes that take many objects", () => {
    expect(fileOf("resource", "aws_security_group", { ingress: [{ from_port: 443 }] })).toContain(
      "ingress = [{ from_port = 443 }]",
    );
  });

  it("is written alike inside a dynamic block", () => {
    const content = { metric: { dimensions: { FunctionName: "a" } } };
    const body = { dynamic: { metric_query: { for_each: "${var.queries}", content } } };
    expect(fileOf("resource", "aws_cloudwatch_metric_alarm", body)).toContain(`    content {
      metric {
        dimensions = { FunctionName = "a" }
      }
    }
`);
  });
});

describe("a check", () => {
  it("is written with a block for each of its assertions", () => {
    const assertion = (condition: string) => ({ condition, error_message: "Nobody may." });
    const check = { ways_in: { assert: [assertion("${length(var.readers) > 0}"), assertion("${var.a == null}")] } };
    const synthesized = { data: {}, locals: {}, resource: {}, check, variable: {}, output: {} };

    const files = resourceFiles([{ path: "main.tf", blocks: { "check.ways_in": {} } }], synthesized);

    expect(files.get("main.tf")).toBe(`check "ways_in" {
  assert {
    condition     = length(var.readers) > 0
    error_message = "Nobody may."
  }

  assert {
    condition     = var.a == null
    error_message = "Nobody may."
  }
}
`);
  });
});

describe("a layout", () => {
  const layoutOf = (...addresses: string[]) =>
    addresses.map((address, position) => ({ path: `${position}.tf`, blocks: { [address]: {} } }));
  const synthesized = {
    data: {},
    locals: {},
    check: {},
    resource: { aws_kms_key: { this: {} }, aws_kms_alias: { this: {} } },
    variable: {},
    output: {},
  };

  it("is rejected with each block that it lacks, has twice, or has without a construct", () => {
    const layout = layoutOf("aws_kms_key.this", "aws_kms_key.this", "local.lanes");
    expect(() => resourceFiles(layout, synthesized)).toThrow(
      "Correct registry/layout, which has each block once: aws_kms_alias.this has no file; " +
        "local.lanes is not synthesized; aws_kms_key.this has two places",
    );
  });
});

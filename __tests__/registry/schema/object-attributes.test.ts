import { terraformEnvironment } from "../../../local/terraform/provider-mirror";
import { objectAttributes, objectAttributesIn } from "../../../registry/schema/object-attributes";
import { readProviderSchema } from "../../../registry/schema/provider-schema";

jest.setTimeout(120_000);

describe("the object attributes of a provider", () => {
  it("are those of resources, data sources and their nested blocks that take a map, an object or many of these", () => {
    const block = {
      attributes: {
        text: { type: "string", required: true },
        texts: { type: ["set", "string"], optional: true },
        map: { type: ["map", "string"], required: true },
        maps: { type: ["list", ["map", "string"]], optional: true },
        objects: { type: ["set", ["object", { a: "string" }]], optional: true },
        nested: { nested_type: { nesting_mode: "single", attributes: {} }, optional: true },
        read_only: { type: ["map", "string"] },
      },
    } as const;
    const schema = {
      resource_schemas: {
        aws_x: { block: { block_types: { outer: { block: { block_types: { inner: { block } } } } } } },
      },
      data_source_schemas: { aws_y: { block }, aws_empty: { block: {} } },
    };

    expect(objectAttributesIn(schema)).toEqual([
      "aws_x.outer.inner.map",
      "aws_x.outer.inner.maps",
      "aws_x.outer.inner.nested",
      "aws_x.outer.inner.objects",
      "data.aws_y.map",
      "data.aws_y.maps",
      "data.aws_y.nested",
      "data.aws_y.objects",
    ]);
  });

  it("are kept as the AWS provider declares them; npm run module:schema writes them", async () => {
    const schema = await readProviderSchema(await terraformEnvironment());

    expect([...objectAttributes]).toEqual([...objectAttributesIn(schema), ""]);
  });
});

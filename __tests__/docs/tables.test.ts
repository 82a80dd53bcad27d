import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderTables } from "../../docs/tables/render";
import { tables } from "../../docs/tables/tables";

const root = resolve(__dirname, "../..");

describe("renderTables", () => {
  it("writes the table between its markers, and leaves the rest", () => {
    const rendered = renderTables("# Title\n<!-- table:outputs -->\nstale\n<!-- /table -->\nend\n");

    expect(rendered).toBe(`# Title\n<!-- table:outputs -->\n${tables.outputs!()}\n<!-- /table -->\nend\n`);
    expect(renderTables(rendered)).toBe(rendered);
  });

  it("writes several tables", () => {
    const pair = (name: string) => `<!-- table:${name} -->\n<!-- /table -->\n`;

    expect(renderTables(pair("inputs") + pair("outputs")).match(/^\|---/gm)).toHaveLength(2);
  });

  it("lists the known tables when a marker names another", () => {
    expect(() => renderTables("<!-- table:output -->\n<!-- /table -->")).toThrow(
      "unknown table output. Known: inputs, inputs-in-full, outputs",
    );
  });

  it.each([
    "<!-- table:inputs -->\n",
    "<!-- table:inputs -->\n<!-- table:outputs -->\n<!-- /table -->\n",
    "<!-- /table -->\n<!-- table:inputs -->\n",
  ])("rejects markers that are not pairs: %j", (text) => {
    expect(() => renderTables(text)).toThrow("each <!-- table:NAME --> needs a <!-- /table --> after it");
  });
});

describe("the tables of inputs", () => {
  it("list the allowed values of each field, and defaults in Terraform's syntax", () => {
    const rows = tables["inputs-in-full"]!().split("\n");

    expect(rows).toContainEqual(
      expect.stringMatching(/^\| `batch_size` \| `number` \| `1000` \| .* \| a whole number from 1/),
    );
    expect(rows).toContainEqual(expect.stringMatching(/^\| `search_domain.instance_type` \| `string` \| /));
    expect(rows).toContainEqual(expect.stringMatching(/^\| `vpc.subnet_ids` \| `list\(string\)` \| required \| /));
    expect(rows).toContainEqual(
      expect.stringContaining("`{ foo = { shards = 1, skip_destroy = false }, bar = { shards = 2,"),
    );
  });
});

it("every table stands in a document", () => {
  const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))];
  const text = documents.filter((name) => name.endsWith(".md")).map((name) => readFileSync(join(root, name), "utf8"));

  expect(Object.keys(tables).filter((name) => !text.join("").includes(`<!-- table:${name} -->`))).toEqual([]);
});

import { apiClient } from "../../../search/client";
import { firehoseTemplatesPart } from "../../../search/indices/firehose-template";
import { indexParts } from "../../../search/indices/parts";
import { setUp } from "../../../search/setup/run";
import { ContentsEngine, rejectedWith } from "../../support/contents-engine";
import { type HttpServer, serve } from "../../support/http-server";
import { defaultIndexSettings } from "../../support/index-settings";

const SHOP = { name: "shop", pattern: "shop-*" };
const SETTINGS = defaultIndexSettings({ name: "logs", prefix: "cwl-" });

let engine: ContentsEngine;
let server: HttpServer;

beforeEach(async () => {
  engine = new ContentsEngine();
  server = await serve(engine);
});

afterEach(() => server.stop());

const client = () => apiClient(server.origin, { by: "none" });

const run = (layout: Parameters<typeof firehoseTemplatesPart>[1] = undefined, indices = [SHOP], writes = true) =>
  setUp([firehoseTemplatesPart(indices, layout, client())], writes);

type Template = {
  index_patterns: string[];
  priority: number;
  _meta: object;
  template: { settings: object; mappings: { properties: object; dynamic_templates: object[]; _meta: object } };
};
const templateOf = (name: string) => engine.templates.get(name) as Template;

describe("the index templates of Firehose's indices", () => {
  it("have the mappings and settings that the forwarder's have, for their own names", async () => {
    await setUp(indexParts(SETTINGS, client()), true);
    const results = await run(SETTINGS);
    expect(results).toMatchObject([{ title: "index template firehose-shop", outcome: "created" }]);
    const [own, pipelines] = [templateOf("firehose-shop"), templateOf("logs")];
    expect(own.index_patterns).toEqual(["shop-*"]);
    expect(own.template.settings).toEqual(pipelines.template.settings);
    const { _meta, ...mappings } = own.template.mappings;
    expect(pipelines.template.mappings).toMatchObject(mappings);
    expect(_meta).toEqual(own._meta);
  });

  it("are as those of a pipeline that sets nothing where none is given, and change with its settings", async () => {
    await run();
    expect(templateOf("firehose-shop").template.settings).toMatchObject({ "index.number_of_shards": 1 });
    const layout = { shards: 3, replicas: 2, refreshIntervalSeconds: 30, sort: "time" } as const;
    expect(await run(layout)).toMatchObject([{ outcome: "updated" }]);
    expect(templateOf("firehose-shop").template.settings).toMatchObject({
      "index.number_of_shards": 3,
      "index.refresh_interval": "30s",
      "index.sort.field": "@timestamp",
    });
  });

  it("are put once, and not in a dry run", async () => {
    expect(await run(undefined, [SHOP], false)).toMatchObject([{ outcome: "created" }]);
    expect(engine.templates.size).toBe(0);
    await run();
    expect(await run()).toEqual([{ title: "index template firehose-shop", outcome: "unchanged", lines: [] }]);
  });

  it("follow an index that is rotated from now on, or no longer", async () => {
    await run();
    expect(await run(undefined, [{ name: "shop", pattern: "shop" }])).toMatchObject([{ outcome: "updated" }]);
    expect(templateOf("firehose-shop").index_patterns).toEqual(["shop"]);
  });

  it("leave another owner's template as it is, and say so", async () => {
    const theirs = { index_patterns: ["shop-*"], template: {} };
    engine.templates.set("firehose-shop", theirs);
    expect(await run()).toMatchObject([{ outcome: "foreign", lines: [expect.stringContaining("another owner's")] }]);
    expect(templateOf("firehose-shop")).toBe(theirs);
  });

  it("are the best that the engine takes", async () => {
    const refused: unknown[] = [];
    engine.meddle = ({ method, body }) => {
      const isFlat = method === "PUT" && body.includes("flat_object");
      if (isFlat) refused.push(body.toString());
      return isFlat ? rejectedWith(400, "mapper_parsing_exception") : undefined;
    };
    expect(await run()).toMatchObject([{ outcome: "created" }]);
    expect(refused).toHaveLength(1);
    expect(JSON.stringify(templateOf("firehose-shop"))).toContain('"labels":{"type":"flattened"');
  });
});

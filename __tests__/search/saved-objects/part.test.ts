import { savedObjectsPart } from "../../../search/saved-objects/part";
import { pipelineObjects } from "../../../search/saved-objects/pipeline-objects";
import { setUp } from "../../../search/setup/run";
import { DashboardsServer } from "../../support/dashboards-server";
import { startServer } from "../../support/http-server";
import { defaultIndexSettings } from "../../support/index-settings";

const settings = defaultIndexSettings();
const objects = pipelineObjects(settings);
let dashboards: DashboardsServer;

beforeEach(async () => {
  dashboards = await DashboardsServer.start();
});

afterEach(() => dashboards.server.stop());

const run = (writes: boolean, changes = {}) =>
  setUp([savedObjectsPart({ settings, dashboardsUrl: dashboards.url, login: { by: "none" }, ...changes })], writes);

const outcomes = async (writes: boolean, changes = {}) => (await run(writes, changes)).map(({ outcome }) => outcome);

const stored = (id: string) => [...dashboards.objects.values()].find((object) => object.id === id)!;

it("imports the saved objects once", async () => {
  expect(await outcomes(true)).toEqual(objects.map(() => "created"));
  expect([...dashboards.objects.values()]).toMatchObject(objects);
  expect(await outcomes(true)).toEqual(objects.map(() => "unchanged"));
  expect(dashboards.server.requests.filter(({ target }) => target.includes("_import"))).toHaveLength(objects.length);
});

it("writes nothing in a check, and says what is missing", async () => {
  const results = await run(false);
  expect(results.map(({ outcome }) => outcome)).toEqual(objects.map(() => "created"));
  expect(results[0]!.lines).toContain('+ attributes.timeFieldName: "@timestamp"');
  expect(dashboards.objects.size).toBe(0);
});

it("overwrites what somebody changed, shows what, and keeps what Dashboards and people added", async () => {
  await run(true);
  const pattern = stored("logging-pipeline-logs");
  dashboards.objects.set("index-pattern:logging-pipeline-logs", {
    ...pattern,
    attributes: { ...pattern.attributes, title: "cwl-*", fields: "[]" },
  });
  const chart = stored("logging-pipeline-slowest");
  const visState = (chart.attributes.visState as string).replace('"size":10', '"size":3');
  dashboards.objects.set("visualization:logging-pipeline-slowest", {
    ...chart,
    attributes: { ...chart.attributes, visState },
  });

  const results = (await run(false)).filter(({ outcome }) => outcome !== "unchanged");
  expect(results).toEqual([
    {
      title: "index-pattern logging-pipeline-logs",
      outcome: "updated",
      lines: ['- attributes.title: "cwl-*"', '+ attributes.title: "cwl-*-20*.*.*"'],
    },
    {
      title: "visualization logging-pipeline-slowest",
      outcome: "updated",
      lines: ['- attributes.visState.aggs[1].params.size: "3"', '+ attributes.visState.aggs[1].params.size: "10"'],
    },
  ]);
  await run(true);
  expect(stored("logging-pipeline-logs").attributes).toEqual({ ...pattern.attributes, fields: "[]" });
  expect(stored("logging-pipeline-slowest").attributes).toEqual(chart.attributes);
});

it("leaves all other objects alone", async () => {
  const other = { ...objects[1]!, id: "somebody-else-by-level" };
  dashboards.objects.set("search:somebody-else-by-level", other);
  await run(true);
  await run(true, { settings: defaultIndexSettings({ name: "second" }) });
  expect(dashboards.objects.get("search:somebody-else-by-level")).toBe(other);
  expect(dashboards.objects.size).toBe(1 + 2 * objects.length);
});

it("chooses the global tenant, and sends the headers that Dashboards and Kibana want", async () => {
  await run(true);
  for (const { headers } of dashboards.server.requests) {
    expect(headers).toMatchObject({ "osd-xsrf": "true", "kbn-xsrf": "true", securitytenant: "global" });
  }
});

it("says what Dashboards did not import, and imports the others", async () => {
  const url = dashboards.url;
  const [pattern] = objects;
  await run(true);
  dashboards.objects.delete(`index-pattern:${pattern!.id}`);
  dashboards.objects.delete("search:logging-pipeline-by-level");
  const part = savedObjectsPart({ settings, dashboardsUrl: url, login: { by: "none" } });
  const items = (await part.items()).filter(({ title }) => title.startsWith("search"));
  const results = await setUp([{ ...part, items: async () => items }], true);
  expect(results.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged", "failed", "unchanged", "unchanged"]);
  expect(results[2]!.lines[0]).toMatch(/did not import search:logging-pipeline-by-level: .*missing_references/);
});

it("says that Dashboards' URL is not given, and what a wrong one answers", async () => {
  const { login } = { login: { by: "none" } as const };
  const [skipped] = await setUp([savedObjectsPart({ settings, dashboardsUrl: undefined, login })], true);
  expect(skipped).toMatchObject({ outcome: "skipped", lines: [expect.stringContaining("--dashboards-url")] });
  const [failed] = await run(true, { dashboardsUrl: dashboards.server.origin });
  expect(failed).toMatchObject({ outcome: "failed", lines: [expect.stringMatching(/404|Not Found/)] });
});

it("says what to check when its URL is that of the engine", async () => {
  const error = "no handler found for uri [/api/saved_objects/_bulk_get] and method [POST]";
  const engine = await startServer((_request, response) => void response.writeHead(400).end(JSON.stringify({ error })));
  const [failed] = await run(true, { dashboardsUrl: engine.origin });
  await engine.stop();
  expect(failed!.lines[0]).toMatch(/: 400.* Check that the URL is the one of an engine or of Dashboards/);
});

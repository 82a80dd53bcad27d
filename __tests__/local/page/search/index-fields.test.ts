import { EngineSearchError } from "../../../../local/page/search/engine-search";
import { indexFieldsOf } from "../../../../local/page/search/index-fields";

const KEYWORD = { keyword: { aggregatable: true } };
const TEXT = { text: { aggregatable: false } };
const GROUP = "aws.cloudwatch.log_group";

const fieldsOf = (fields: object, settings: string | Error = "{}") =>
  indexFieldsOf({
    async ask(api) {
      if (!api.startsWith("_settings")) return JSON.stringify({ fields });
      if (settings instanceof Error) throw settings;
      return settings;
    },
  })();

describe("indexFieldsOf", () => {
  it("names the fields that an event may have, whatever they are called", async () => {
    const names = ["constructor", "constructor.x", "toString.length", 'it\'s "a" \u202e', "level", "levels", "ünï"];
    const fields = Object.fromEntries(names.map((name) => [name, KEYWORD]));
    const hidden = { _id: KEYWORD, a: TEXT, "a.keyword": KEYWORD, o: { object: {} }, "o.b": KEYWORD, odd: null };
    const own = JSON.parse('{"__proto__":{"keyword":{"aggregatable":true}},"__proto__.y":{"long":{}}}');
    expect((await fieldsOf({ ...fields, ...hidden })).names).toEqual(
      [...names.filter((name) => name !== "constructor.x"), "a", "o.b"].sort(),
    );
    expect((await indexFieldsOf({ ask: async () => JSON.stringify({ fields: own }) })()).names).toEqual([]);
  });

  it.each<[string, object, object]>([
    ["keywords", { [GROUP]: KEYWORD }, { exact: GROUP, other: undefined }],
    ["of no index", {}, { exact: GROUP, other: undefined }],
    ["text with a keyword in it", { [GROUP]: TEXT }, { exact: `${GROUP}.keyword`, other: undefined }],
    ["each in some indices", { [GROUP]: { ...TEXT, ...KEYWORD } }, { exact: `${GROUP}.keyword`, other: GROUP }],
  ])("knows by which field names are whole that are %s", async (_, fields, expected) => {
    expect((await fieldsOf(fields)).groups[0]).toEqual(expected);
  });

  it("knows closed indices, where the engine tells", async () => {
    const settings = '{"cwl-b":{"settings":{}},"cwl-a":{"settings":{}},"error":"x","status":403}';
    expect((await fieldsOf({}, settings)).closed).toEqual(["cwl-a", "cwl-b"]);
    expect((await fieldsOf({}, new EngineSearchError("denied", "status", 403))).closed).toEqual([]);
    expect((await fieldsOf({}, "<html>")).closed).toEqual([]);
  });

  it("says so where a page answers in place of the engine", async () => {
    await expect(indexFieldsOf({ ask: async () => "<html>Log in" })()).rejects.toThrow(
      "The search engine's answer to _field_caps?fields=* is no JSON object: <html>Log in. Ask it without a proxy in between.",
    );
  });
});

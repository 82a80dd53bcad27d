import { parseIndexSettings } from "../../../core/settings/index-settings";

const NAMES = { prefix: "cwl-", period: "day", indices: {} };
const SETTINGS = {
  name: "logging-pipeline",
  ...{ prefix: "logs-", period: "week", indices: { "/aws/foo": "apps", constructor: "apps" } },
  history: [] as object[],
  ...{ retention_days: 30, shards: 1, replicas: 2, refresh_interval_seconds: 1, sort: "none", template: "managed" },
};

const parse = (settings: object) => parseIndexSettings(JSON.stringify(settings));

describe("parseIndexSettings", () => {
  it("parses what the module puts out", () => {
    expect(parse(SETTINGS)).toEqual({
      settings: {
        name: "logging-pipeline",
        prefix: "logs-",
        period: "week",
        indices: new Map(Object.entries(SETTINGS.indices)),
        history: [],
        retentionDays: 30,
        shards: 1,
        replicas: 2,
        refreshIntervalSeconds: 1,
        sort: "none",
        template: "managed",
        messages: undefined,
      },
      errors: [],
    });
  });

  it("has a replica where an older version of the module says nothing of it", () => {
    const { replicas: _, ...older } = SETTINGS;
    expect(parse(older).settings?.replicas).toBe(1);
  });

  it("has the index that all log groups without one share, now and before; none where it is null or missing", () => {
    const until = "2026-12-01T05:00:00Z";
    const defaultsOf = (now: object, before: object) => {
      const { settings, errors } = parse({ ...SETTINGS, ...now, history: [{ until, ...NAMES, ...before }] });
      return settings ? [settings.defaultIndex, settings.history[0]!.defaultIndex] : errors;
    };
    expect(defaultsOf({ default_index: "apps" }, { default_index: "all" })).toEqual(["apps", "all"]);
    expect(defaultsOf({ default_index: null }, {})).toEqual([undefined, undefined]);
    expect(defaultsOf({ default_index: "A" }, { default_index: 1 })).toEqual([
      expect.stringMatching(/^default_index is "A"\. Allowed: nothing, or up to 100 of/),
      expect.stringMatching(/^history\[0\]\.default_index is 1, no text\. Allowed: /),
    ]);
  });

  it("returns the history with the earliest first", () => {
    const untils = ["2026-12-01T05:00:00Z", "2025-12-01T00:00:00Z"];
    const { settings } = parse({ ...SETTINGS, history: untils.map((until) => ({ until, ...NAMES })) });
    expect(settings?.history.map(({ until }) => until)).toEqual(
      [...untils].reverse().map((until) => Date.parse(until)),
    );
  });

  it("gives no shared index to a log group that has the name of what every object inherits", () => {
    expect(parse({ ...SETTINGS, indices: {} }).settings?.indices.get("constructor")).toBeUndefined();
  });

  it("returns the variables of each lane's function, with the defaults of those that an older version does not have", () => {
    const messages = {
      foo: { PARSER: "auto", JOIN_LINES: "^\\S" },
      constructor: { KEEP_MESSAGE: "off" },
      bar: { MORE: "x" },
    };
    const { settings } = parse({ ...SETTINGS, messages });
    const defaults = {
      ...{ PARSER: "none", PARSER_FIELDS: "", KEEP_MESSAGE: true, EVENT_ORIGINAL: false, EXTRACT_FIELDS: [] },
      ...{ JOIN_LINES: "", RULES: [], ARCHIVE_CONTENT: "raw" },
    };
    expect(settings?.messages).toEqual(
      new Map([
        ["foo", { ...defaults, PARSER: "auto", JOIN_LINES: "^\\S" }],
        ["constructor", { ...defaults, KEEP_MESSAGE: false }],
        ["bar", defaults],
      ]),
    );
  });

  it("names the lane and the variable of each mistake", () => {
    const messages = { foo: { PARSER: "nginx", KEEP_MESSAGE: true }, bar: 1 };
    expect(parse({ ...SETTINGS, messages }).errors).toEqual([
      expect.stringMatching(/^messages\["bar"\] is 1, no JSON object\. Allowed: /),
      expect.stringMatching(/^messages\["foo"\]\.PARSER is "nginx"\. Allowed: none, auto/),
      expect.stringMatching(/^messages\["foo"\]\.KEEP_MESSAGE is true, no text\. Allowed: on or off/),
    ]);
    const rules = JSON.stringify([{ action: "drop" }, { action: "sample", rate: 2 }]);
    const fields = '{"page":{"from":"url.path"}}';
    expect(parse({ ...SETTINGS, messages: { foo: { RULES: rules, EXTRACT_FIELDS: fields } } }).errors).toEqual([
      expect.stringMatching(/^messages\["foo"\]\.EXTRACT_FIELDS\["page"\]\.pattern is missing\./),
      expect.stringMatching(/^messages\["foo"\]\.RULES\[1\]\.rate is 2\. Allowed: a number from 0 to 1/),
    ]);
    const list = { RULES: [{ action: "drop" }] };
    expect(parse({ ...SETTINGS, messages: { foo: list } }).errors).toEqual([
      expect.stringMatching(/^messages\["foo"\]\.RULES is .* Allowed: a JSON list/),
    ]);
    expect(parse({ ...SETTINGS, messages: [] }).errors).toEqual([
      expect.stringMatching(/^messages is \[\], no JSON object/),
    ]);
  });

  it("ignores members that a newer version adds", () => {
    expect(parse({ ...SETTINGS, more: 1 }).errors).toEqual([]);
  });

  it("collects every mistake", () => {
    const { settings, errors } = parse({
      name: "*",
      period: "year",
      indices: { foo: "Apps", bar: 1 },
      history: [{ until: "2026-12-01T00:30:00Z", ...NAMES, prefix: "" }, 5],
      retention_days: "30",
      shards: 0,
      refresh_interval_seconds: 1.5,
      template: null,
    });
    expect(settings).toBeUndefined();
    expect(errors).toEqual([
      expect.stringMatching(/^name is "\*"\. Allowed: 1 to 100 of/),
      expect.stringMatching(/^prefix is missing\. Allowed: 1 to 100 of/),
      expect.stringMatching(/^period is "year"\. Allowed: hour, day, week, month\.$/),
      expect.stringMatching(/^indices\.foo is "Apps"\. Allowed: /),
      expect.stringMatching(/^indices\.bar is 1, no text\. Allowed: /),
      expect.stringMatching(/^history\[1\] is 5, no JSON object\. Allowed: /),
      expect.stringMatching(/^history\[0\]\.until is "2026-12-01T00:30:00Z"\. Allowed: a whole hour in UTC/),
      expect.stringMatching(/^history\[0\]\.prefix is ""\. Allowed: /),
      expect.stringMatching(/^retention_days is "30"\. Allowed: 0 to 3650\.$/),
      expect.stringMatching(/^shards is 0\. Allowed: 1 to 1024\.$/),
      expect.stringMatching(/^refresh_interval_seconds is 1\.5\. Allowed: 1 to 3600\.$/),
      expect.stringMatching(/^sort is missing\. Allowed: none or time\.$/),
      expect.stringMatching(/^template is null, no text\. Allowed: managed or none\.$/),
    ]);
  });

  it.each([
    ["indices", { indices: undefined }, /^indices is missing\. Allowed: an object of texts\.$/],
    ["indices", { indices: [] }, /^indices is \[\], no JSON object\. Allowed: an object of texts\.$/],
    ["history", { history: undefined }, /^history is missing\. Allowed: an array of /],
    ["history", { history: {} }, /^history is \{\}, no JSON list\. Allowed: an array of /],
    [
      "boundary",
      { history: Array(2).fill({ until: "2026-12-01T00:00:00Z", ...NAMES }) },
      /^history has entries with the same until/,
    ],
  ])("rejects other %s", (_, change, error) => {
    expect(parse({ ...SETTINGS, ...change }).errors).toEqual([expect.stringMatching(error)]);
  });

  it.each(["", "[]", "null", "{"])("rejects %j, which is no JSON object", (json) => {
    expect(parseIndexSettings(json).errors).toEqual([
      "The text is no JSON object. Allowed: the JSON that `terraform output -json index_settings` prints.",
    ]);
  });
});

import {
  defaultLogGroups,
  logGroupErrors,
  logGroupVariables,
  timeFieldValue,
} from "../../../local/terraform/log-groups";

describe("logGroupVariables", () => {
  it("adds to the default log groups", () => {
    expect(defaultLogGroups).toEqual(["foo", "bar", "baz"]);
    expect(logGroupVariables(["/new"])).toEqual({
      log_groups: {
        foo: expect.objectContaining({ shards: 1 }),
        bar: expect.objectContaining({ shards: 2 }),
        baz: expect.objectContaining({ shards: 1 }),
        "/new": {
          ...{ create: true, retention_in_days: 365, skip_destroy: false },
          ...{ filter_pattern: "", distribution: "ByLogStream" },
          ...{ stream: null, keep_own_stream: false, previous_stream: null },
          ...{ shards: null, reserved_concurrent_executions: null, time_field: null, index: null },
          ...{ parser: null, parser_fields: null, keep_message: null, event_original: null },
          ...{ fields: null, join_lines: null, rules: null, metrics: null },
        },
      },
    });
  });

  it("leaves the variable alone when nothing is added", () => {
    expect(logGroupVariables([])).toEqual({});
  });
});

describe("logGroupErrors", () => {
  it.each(["a", "/aws/rds/instance/db-1/error", "x".repeat(512), "a#b.c_d"])("accepts %j", (name) => {
    expect(logGroupErrors(name)).toEqual([]);
  });

  it.each(["", "a b", "größe", "x".repeat(513), "a:b"])("rejects %j", (name) => {
    expect(logGroupErrors(name)).toEqual([expect.stringMatching(/^--log-group is ".*"\. Allowed: 1 to 512 letters/)]);
  });

  it("escapes what controls a terminal", () => {
    expect(logGroupErrors("a: allowed is \u202e\u009b\n")).toEqual([
      expect.stringMatching(/^--log-group is "a: allowed is \\u202e\\u009b\\n"\. Allowed: 1 \P{C}*$/u),
    ]);
  });
});

describe("timeFieldValue", () => {
  it("accepts what the pipeline's own time_field accepts, but not an empty text", () => {
    expect(timeFieldValue.parse("event.created")).toBe("event.created");
    for (const field of ["", "a b", 'a"', "x".repeat(257)]) expect(timeFieldValue.parse(field)).toBeUndefined();
  });
});

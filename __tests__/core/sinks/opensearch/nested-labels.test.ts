import fc from "fast-check";
import { withNestedLabels } from "../../../../core/sinks/opensearch/nested-labels";
import { anyText, jsonObjectText } from "../../../support/json-texts";

describe("withNestedLabels", () => {
  it.each([
    ['{"a":1,"labels.run":"x","labels.b.c":"y"}', '{"a":1,"labels":{"run":"x","b.c":"y"}}'],
    ['{"labels.run":"x","labels":{"app":"shop"},"a":1}', '{"a":1,"labels":{"run":"x","app":"shop"}}'],
    [
      '{"annotations.x":12345678901234567890,"labels.y":{"z":[1]}}',
      '{"annotations":{"x":12345678901234567890},"labels":{"y":{"z":[1]}}}',
    ],
    ['{"labels\\u002erun":"x","\\u006cabels.b":1}', '{"labels":{"run":"x","b":1}}'],
    [' {\n "labels.a" : 1 ,\n "b" : 2 }\n', '{"b":2,"labels":{"a":1}}'],
  ])("puts dotted labels into the object that the index template maps: %s", (message, expected) => {
    const nested = withNestedLabels(message);
    expect(JSON.parse(nested)).toEqual(JSON.parse(expected));
    expect(nested).toContain(/\d{20}/.exec(message)?.[0] ?? "");
  });

  it.each([
    "labels.run=x",
    '{"labels":{"run":"x"}}',
    '{"labels.run":"x","labels":"y"}',
    '{"labels.run":"x","labels":{"run":"y"}}',
    '{"labels.run":"x","labels.run":"y"}',
    '{"labels.run":"x","labels":{"a":1},"labels":{"b":1}}',
    '{"labels.":"x"}',
    '{"a":{"labels.run":"x"}}',
    '["labels.run"]',
    '{ "message" : "see \\"labels.run\\"" }',
    '{"message":"see \\"labels.run\\""}',
    '{"labels.run":"x"',
  ])("leaves what has none, or no place for them, as it is: %s", (message) => {
    const nested = withNestedLabels(message);
    expect(nested).toBe(message);
  });

  it("loses nothing, adds nothing, and has nothing to do the second time", () => {
    const flat = (json: string) =>
      Object.entries(JSON.parse(json) as Record<string, unknown>)
        .flatMap(([name, value]) =>
          (name === "labels" || name === "annotations") &&
          typeof value === "object" &&
          value !== null &&
          !Array.isArray(value)
            ? Object.entries(value).map(([label, text]) => [`${name}.${label}`, JSON.stringify(text)])
            : [[name, JSON.stringify(value)]],
        )
        .sort();
    const name = fc.constantFrom(
      "labels.a",
      "labels.b.c",
      "labels",
      "labels.",
      "annotations.a",
      "annotations",
      "a",
      "a.labels.b",
    );
    const value = fc.constantFrom<unknown>("x", 1, null, [], ["y"], { a: "z" }, { d: { e: 1 } });
    fc.assert(
      fc.property(fc.dictionary(name, value), (object) => {
        const message = JSON.stringify(object);
        const nested = withNestedLabels(message);
        expect(flat(nested)).toEqual(flat(message));
        expect(withNestedLabels(nested)).toBe(nested);
      }),
    );
  });

  it("leaves any other text as it is", () => {
    fc.assert(fc.property(fc.oneof(jsonObjectText, anyText), (text) => expect(withNestedLabels(text)).toBe(text)));
  });
});

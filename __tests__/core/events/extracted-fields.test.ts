import fc from "fast-check";
import { extractedFieldsIn, splitFields } from "../../../core/events/extracted-fields";

const SYSTEM = { "@aws.account": "222222222222", "@aws.region": "us-east-1", "@source.log": "/my/app" };

describe("extractedFieldsIn", () => {
  it("keeps texts, and numbers and booleans as texts", () => {
    expect(extractedFieldsIn({ ip: "127.0.0.1", $3: "-", bytes: 10, ok: true, "user agent": "" })).toEqual({
      ...{ ip: "127.0.0.1", $3: "-", bytes: "10", ok: "true", "user agent": "" },
    });
  });

  it("leaves out what is no value, or has a name that an engine may take apart", () => {
    const odd = {
      "a.b": "x",
      ".": "x",
      "": "x",
      ["n".repeat(101)]: "x",
      "\n": "x",
      list: ["x"],
      object: { a: "x" },
      none: null,
    };
    expect(extractedFieldsIn(odd)).toBeUndefined();
    for (const value of [undefined, null, "x", 1, [], ["x"]]) expect(extractedFieldsIn(value)).toBeUndefined();
  });

  it("keeps a hundred fields", () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`f${n}`, "x"]));
    expect(Object.keys(extractedFieldsIn(many)!)).toHaveLength(100);
  });

  it("keeps system fields that can be names, and no others", () => {
    expect(extractedFieldsIn(SYSTEM)).toEqual(SYSTEM);
    const others = { "@aws.account": 222222222222, "@aws.region": "", "@source.log": "x".repeat(513) };
    expect(extractedFieldsIn(others)).toBeUndefined();
  });

  it("has nothing to change in what it returned: a replay finds the same fields in the archive", () => {
    const any = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(any, (given) => {
        const fields = extractedFieldsIn(JSON.parse(JSON.stringify({ ...SYSTEM, ...given })));
        expect(extractedFieldsIn(JSON.parse(JSON.stringify(fields)))).toEqual(fields);
      }),
    );
  });
});

describe("splitFields", () => {
  it("takes the system fields apart from the others", () => {
    expect(splitFields({ ...SYSTEM, ip: "::1" })).toEqual({
      system: { owner: "222222222222", region: "us-east-1", logGroup: "/my/app" },
      others: { ip: "::1" },
    });
    expect(splitFields({ constructor: "x" })).toEqual({ system: {}, others: { constructor: "x" } });
  });
});

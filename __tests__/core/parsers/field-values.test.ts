import { isIPv4 } from "node:net";
import fc from "fast-check";
import { fieldPath, putField } from "../../../core/parsers/field-path";
import {
  asDecimal,
  asInteger,
  asIp,
  asText,
  type FieldReader,
  unlessNegative,
} from "../../../core/parsers/field-values";
import { type FieldTree, NumberText } from "../../../core/parsers/parsed-message";

const number = (text: string) => new NumberText(text);

describe("the readers of fields", () => {
  it.each<[string, FieldReader, string, unknown]>([
    ["text", asText, "-", undefined],
    ["text", asText, "", undefined],
    ["text", asText, "--", "--"],
    ["integer", asInteger, "200", number("200")],
    ["integer", asInteger, "000", number("0")],
    ["integer", asInteger, "-1", number("-1")],
    ["integer", asInteger, "9007199254740993", number("9007199254740993")],
    ["integer", asInteger, "1".repeat(31), undefined],
    ["integer", asInteger, "1.5", undefined],
    ["integer", asInteger, "-", undefined],
    ["decimal", asDecimal, "0.000", number("0.000")],
    ["decimal", asDecimal, "5", number("5.0")],
    ["decimal", asDecimal, "00.5", number("0.5")],
    ["decimal", asDecimal, "1e3", undefined],
    ["decimal unless negative", unlessNegative(asDecimal), "-1", undefined],
    ["ip", asIp, "2001:db8::1", "2001:db8::1"],
    ["ip", asIp, "fe80::1%eth0", undefined],
    ["ip", asIp, "127.0.0.1:80", undefined],
    ["ip", asIp, "AWS Internal", undefined],
  ])("takes %s as said: %j %j", (_, read, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it("reads as IPv4 what Node.js does", () => {
    const octet = fc.oneof(
      fc.nat({ max: 300 }).map(String),
      fc.constantFrom("", "00", "01", "255", "256", "-1", "1000", "x"),
    );
    const nearly = fc.array(octet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join("."));
    fc.assert(
      fc.property(fc.oneof(nearly, fc.ipV4(), fc.ipV4Extended()), (text) => {
        expect(asIp(text)).toBe(isIPv4(text) ? text : undefined);
      }),
    );
  });

  it("write numbers that JSON accepts, whatever the text", () => {
    const digits = fc.stringMatching(/^-?[0-9.eE+]{0,40}$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), fc.constantFrom(asInteger, asDecimal), (text, read) => {
        const value = read(text);
        if (value === undefined) return;
        expect(Number(JSON.parse((value as NumberText).text))).toBe(Number(text));
      }),
    );
  });
});

describe("putField", () => {
  it("puts values into the objects that their paths share, and leaves out those that are undefined", () => {
    const tree: FieldTree = {};
    putField(tree, fieldPath("http.response.status_code"), 200);
    putField(tree, fieldPath("http.request.method"), "GET");
    putField(tree, fieldPath("url.path"), undefined);
    expect(tree).toEqual({ http: { response: { status_code: 200 }, request: { method: "GET" } } });
  });
});

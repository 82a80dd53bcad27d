import fc from "fast-check";
import { splitDelimited } from "../../../core/parsers/delimited";

describe("splitDelimited", () => {
  it.each<[string, string, string[]]>([
    ["spaces", "a b  c ", ["a", "b", "c"]],
    ["nothing", "", []],
    ["a line break", "a b\r\n", ["a", "b"]],
    ["a quoted last field with a line break", 'a "b c"\n', ["a", "b c"]],
    ["quotes", '1 "a b" "-" "" c', ["1", "a b", "-", "", "c"]],
    ["the request of a TCP listener", '"- - - " "-" - -', ["- - - ", "-", "-", "-"]],
    ["a list", 'h2 "h2","http/1.1" 2020', ["h2", 'h2","http/1.1', "2020"]],
    ["a quote within a text", '"a"b c" d', ['a"b c', "d"]],
    // A classic ELB's line: awslabs/athena-glue-service-logs #3.
    [
      "escaped quotes",
      String.raw`"\"nlpproject.info research\"" - -`,
      [String.raw`\"nlpproject.info research\"`, "-", "-"],
    ],
    ["an escaped quote before a space", String.raw`"10\" tablet" -`, [String.raw`10\" tablet`, "-"]],
    ["an escaped backslash at the end of a text", String.raw`"C:\\" -`, [String.raw`C:\\`, "-"]],
    ["a backslash at the end of a text", String.raw`"C:\" - -`, ["C:\\", "-", "-"]],
    ["a quote that is not closed", 'a "b c', ["a", "b c"]],
    ["brackets", "a [06/Feb/2019:00:00:38 +0000] b", ["a", "06/Feb/2019:00:00:38 +0000", "b"]],
    // API Gateway's CLF has no space after the bracket.
    [
      "a quote after a bracket",
      '- [09/Mar/2026:12:34:56 +0000]"GET / HTTP/1.1" 200',
      ["-", "09/Mar/2026:12:34:56 +0000", "GET / HTTP/1.1", "200"],
    ],
    ["an IPv6 address with a port", "[2001:db8::1]:443 [::1]", ["[2001:db8::1]:443", "::1"]],
    ["a bracket that is not closed", "[a b", ["[a", "b"]],
  ])("splits %s", (_, line, fields) => {
    expect(splitDelimited(line)).toEqual(fields);
  });

  it("begins at an offset", () => {
    expect(splitDelimited("ab cd ef", 2)).toEqual(["cd", "ef"]);
  });

  const bare = fc.stringMatching(/^[^\s"[\]]{1,20}$/);
  const quoted = fc.stringMatching(/^[^"\\\r\n]{0,20}$/);

  it("returns the texts that a line was made of, whatever is in its quotes", () => {
    const field = fc.oneof(
      bare.map((text) => ({ text, written: text })),
      quoted.map((text) => ({ text, written: `"${text}"` })),
    );
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const line = fields.map(({ written }) => written).join(" ");
        expect(splitDelimited(line)).toEqual(fields.map(({ text }) => text));
      }),
    );
  });

  it("loses no character but delimiters", () => {
    const characters = fc.string({ unit: fc.constantFrom(" ", '"', "[", "]", "\\", "a", "é") });
    const withoutDelimiters = (text: string) => text.replace(/[ "[\]]/g, "");
    fc.assert(
      fc.property(characters, (line) => {
        expect(withoutDelimiters(splitDelimited(line).join(""))).toBe(withoutDelimiters(line));
      }),
    );
  });

  it.each(['"', '"\\" ', "[", "]", "\\", " ", '" ', "[ ", '"a ', '\\" ', "\n", '"\\'])(
    "splits a megabyte of %j without delay",
    (text) => {
      // A jest time-out of 5 s is far below what quadratic time takes: minutes.
      expect(splitDelimited(text.repeat(1_000_000 / text.length)).join("").length).toBeLessThanOrEqual(1_000_000);
    },
  );
});

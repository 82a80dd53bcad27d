import fc from "fast-check";
import { harmless, oneLine, quoted, shown } from "../../../tools/text/one-line";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: fc.constantFrom("\u001b", "\u009b", "\u009d", "\u202e", "\r", "[", "]", "2", "J", "a", '"') }),
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe("oneLine", () => {
  it("drops colours, titles and other escape sequences", () => {
    expect(oneLine("\u001b[31mred\u001b[0m \u001b]0;title\u0007and\u001b[2J clear")).toBe("red and clear");
  });

  it("turns white space of any kind into one space", () => {
    expect(oneLine(" a\r\n\tb\u2028c\u00a0d\u3000e ")).toBe("a b c d e");
  });

  it("returns nothing that controls a terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneLine(text)).not.toMatch(OBEYED);
        expect(oneLine(text)).not.toMatch(/[\t\n]/);
      }),
    );
  });

  it("keeps emoji of several code points", () => {
    expect(oneLine("👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️")).toBe("👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️");
  });
});

describe("harmless", () => {
  it("keeps lines and their indentation", () => {
    expect(harmless("Error: \u001b[31mred\u202e\r\n\tat  a\n    at b")).toBe("Error: red\ufffd\n\tat  a\n    at b");
  });

  it("returns nothing that controls a terminal", () => {
    fc.assert(fc.property(anyText, (text) => expect(harmless(text)).not.toMatch(OBEYED)));
  });
});

describe("quoted", () => {
  it("escapes characters that reorder or break lines", () => {
    expect(quoted('a"\u001b\u009b\u202e\u2028\n')).toBe(String.raw`"a\"\u001b\u009b\u202e\u2028\n"`);
  });

  it("is JSON of the text, without anything that controls a terminal", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(quoted(text))).toBe(text);
        expect(quoted(text)).not.toMatch(OBEYED);
      }),
    );
  });
});

describe("shown", () => {
  it("leaves a name unchanged, unless a terminal would not show all of it", () => {
    expect(["", "a b.log", "größe 🐈.log", " 9200", "a  b", "a\u202eb"].map(shown)).toEqual([
      "",
      "a b.log",
      "größe 🐈.log",
      '" 9200"',
      '"a  b"',
      String.raw`"a\u202eb"`,
    ]);
  });
});

import fc from "fast-check";
import { encodeLogGroup } from "../../../core/events/encode-log-group";

/** Names as AWS allows them, names of any Unicode, and names that differ only in what an encoding may drop. */
const logGroup = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._/#-]{1,512}$/),
  fc.string({ unit: "binary", maxLength: 512 }),
  fc.string({ unit: fc.constantFrom("a", "A", "/", "-", "_", ".", "~", "ä", "Ä", "#"), maxLength: 100 }),
);

describe("encodeLogGroup", () => {
  it.each(["foo", "bar", "my-app.prod_2", "0", "a".repeat(100)])("keeps %s as it is", (name) => {
    expect(encodeLogGroup(name)).toBe(name);
  });

  it.each([
    ["/aws/lambda/Ü", /^aws-lambda~[0-9a-f]{16}$/],
    ["/aws/lambda/Thumbs", /^aws-lambda-thumbs~[0-9a-f]{16}$/],
    ["", /^x~[0-9a-f]{16}$/],
    ["..", /^x~[0-9a-f]{16}$/],
    [".", /^x~[0-9a-f]{16}$/],
    ["/", /^x~[0-9a-f]{16}$/],
    ["-foo", /^foo~[0-9a-f]{16}$/],
    ["_foo", /^foo~[0-9a-f]{16}$/],
    ["x".repeat(101), /^x{80}~[0-9a-f]{16}$/],
    ["x".repeat(512), /^x{80}~[0-9a-f]{16}$/],
  ])("encodes %s", (name, encoded) => {
    expect(encodeLogGroup(name)).toMatch(encoded);
  });

  it("never changes: indices and keys of earlier versions must be found again", () => {
    expect(encodeLogGroup("/aws/lambda/Thumbs")).toBe("aws-lambda-thumbs~f09958c73c09a373");
  });

  it.each([
    ["Foo", "foo"],
    ["/foo", "foo"],
    ["/foo/bar", "/foo-bar"],
    ["/aws/lambda/ü", "/aws/lambda/Ü"],
    ["a".repeat(512), "a".repeat(511)],
    ["x", ""],
    [".", ".."],
  ])("distinguishes %s from %s", (one, other) => {
    expect(encodeLogGroup(one)).not.toBe(encodeLogGroup(other));
  });

  it("distinguishes a name that is itself an encoding from the name that it encodes", () => {
    fc.assert(
      fc.property(logGroup, (name) => {
        const encoded = encodeLogGroup(name);
        if (encoded !== name) expect(encodeLogGroup(encoded)).not.toBe(encoded);
      }),
    );
  });

  it("gives different names different encodings", () => {
    fc.assert(
      fc.property(fc.uniqueArray(logGroup, { maxLength: 50 }), (names) => {
        expect(new Set(names.map(encodeLogGroup)).size).toBe(names.length);
      }),
    );
  });

  it("returns up to 100 of a-z 0-9 . _ - ~, the first a letter or digit, for any name", () => {
    fc.assert(
      fc.property(logGroup, (name) => {
        expect(encodeLogGroup(name)).toMatch(/^[a-z0-9][a-z0-9._~-]{0,99}$/);
      }),
    );
  });
});

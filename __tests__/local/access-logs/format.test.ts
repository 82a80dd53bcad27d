import { formatOfText, OBJECT_FORMATS } from "../../../local/access-logs/format";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";

/** AWS's examples of each format, with its header where files of the format have one. */
const EXAMPLES = OBJECT_FORMATS.flatMap((format) =>
  SAMPLE_LINES[format].map(({ fields, lines }, n) => ({ format, n, fields, lines })),
);

const headerOf = (format: string, fields: readonly string[]) =>
  format === "cloudfront_access" ? `#Version: 1.0\n#Fields: ${fields.join(" ")}\n` : `${fields.join(" ")}\n`;

describe("formatOfText", () => {
  it.each(EXAMPLES)("finds $format by AWS's own lines, example $n", ({ format, fields, lines }) => {
    expect(formatOfText((fields ? headerOf(format, fields) : "") + lines.join("\n"))).toBe(format);
  });

  it("finds CloudTrail by its one JSON document, however it is indented", () => {
    const record = JSON.parse(SAMPLE_LINES.cloudtrail[0]!.lines[0]!);
    expect(formatOfText(JSON.stringify({ Records: [record] }))).toBe("cloudtrail");
    expect(formatOfText(JSON.stringify({ Records: [record] }, undefined, 2))).toBe("cloudtrail");
  });

  it("is not misled by a first line of somebody else", () => {
    const lines = SAMPLE_LINES.s3_access[0]!.lines;
    expect(formatOfText(["a line of somebody else", ...lines].join("\r\n"))).toBe("s3_access");
  });

  it.each(["", "\n\n", "no log at all\n", '{"level":"info"}\n', "# a comment\n", "one two three\n"])(
    "finds none in %j",
    (text) => {
      expect(formatOfText(text)).toBeUndefined();
    },
  );
});

import { comparedFile, objectFile } from "../../../benchmarks/corpus/object-files";
import { isElbToEsLine } from "../../../benchmarks/subjects/elb-to-es";
import { objectFormat } from "../../../core/sources/s3/object-format";
import { SAMPLE_OBJECT_FORMATS } from "../../../tools/sample-logs/objects";

describe.each(SAMPLE_OBJECT_FORMATS)("objectFile of %s", (format) => {
  it("has as many lines as it says, under a key that AWS gives the format", () => {
    const { key, lines, content } = objectFile(format);
    const object = { bucket: "logs", key, etag: "0".repeat(32), size: content.length };
    expect(objectFormat(object, "auto")).toMatchObject({ kind: "logs", format });
    const headers = { cloudfront_access: 2, vpc_flow: 1 }[format as string] ?? 0;
    const counted =
      format === "cloudtrail"
        ? (JSON.parse(content.toString()) as { Records: unknown[] }).Records.length
        : content.toString().split("\n").length - 1 - headers;
    expect(counted).toBe(lines);
    expect(lines).toBeGreaterThan(3_000);
  });
});

describe("comparedFile", () => {
  it("has only lines that elb-to-es takes: one other would end it", () => {
    const lines = comparedFile().content.toString().trimEnd().split("\n");
    expect(lines.filter((line) => !isElbToEsLine(line))).toEqual([]);
  });
});

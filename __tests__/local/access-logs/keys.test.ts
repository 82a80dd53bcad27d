import fc from "fast-check";
import { objectFormat } from "../../../core/sources/s3/object-format";
import { OBJECT_FORMATS } from "../../../local/access-logs/format";
import { awsKeyOf } from "../../../local/access-logs/keys";

/** 2026-11-21T03:00:00.000Z */
const NOW = 1_795_230_000_000;

const keyFor = (path: string, format?: (typeof OBJECT_FORMATS)[number], isGzip = true) =>
  awsKeyOf({ path, modified: NOW, isGzip, format });

describe("awsKeyOf", () => {
  it("makes a key of AWS's, by which the function knows the format, for each file of each format", () => {
    const segment = fc.string({ minLength: 1 }).filter((text) => !/[\\/]/.test(text));
    const formats = fc.constantFrom(...OBJECT_FORMATS);
    fc.assert(
      fc.property(segment, segment, formats, fc.boolean(), (folder, name, format, isGzip) => {
        const key = keyFor(`/${folder}/${name}`, format, isGzip);
        expect(objectFormat({ key, size: 1 }, "auto")).toMatchObject({ kind: "logs", format });
        expect(key.endsWith(".gz")).toBe(isGzip && format !== "s3_access");
        expect(keyFor(`/${folder}/${name}2`, format, isGzip)).not.toBe(key);
      }),
    );
  });

  it.each([
    [
      "/home/u/sync/AWSLogs/111111111111/CloudTrail/us-east-1/2026/11/20/111111111111_CloudTrail_us-east-1_20261120T0000Z_a.json.gz",
      "cloudtrail",
      "AWSLogs/111111111111/CloudTrail/us-east-1/2026/11/20/111111111111_CloudTrail_us-east-1_20261120T0000Z_a.json.gz",
    ],
    [
      "C:\\logs\\E2EXAMPLE1234.2026-11-20-04.abcd1234.gz",
      "cloudfront_access",
      "E2EXAMPLE1234.2026-11-20-04.abcd1234.gz",
    ],
    ["logs/2026-11-20-04-05-06-0123456789ABCDEF", "s3_access", "2026-11-20-04-05-06-0123456789ABCDEF"],
    [
      "x/111111111111/us-east-1/my-bucket/2026/11/20/2026-11-20-04-05-06-0123456789ABCDEF",
      "s3_access",
      "111111111111/us-east-1/my-bucket/2026/11/20/2026-11-20-04-05-06-0123456789ABCDEF",
    ],
  ] as const)("keeps the end of a path that is a key of AWS's: %s", (path, format, key) => {
    expect(keyFor(path, format)).toBe(key);
  });

  it("keeps the key of a file without logs, such as CloudTrail's digests", () => {
    const digest = "AWSLogs/111111111111/CloudTrail-Digest/us-east-1/2026/11/20/d.json.gz";
    expect(keyFor(`/sync/${digest}`)).toBe(digest);
  });

  it("does not believe a name that promises another format than the lines are in", () => {
    const key = keyFor("E2EXAMPLE1234.2026-11-20-04.abcd1234.gz", "alb_access");
    expect(objectFormat({ key, size: 1 }, "auto")).toMatchObject({ format: "alb_access" });
  });

  it("keeps the name of a file without a format", () => {
    expect(keyFor("/var/log/nginx/access.log")).toBe("other/access.log");
  });
});

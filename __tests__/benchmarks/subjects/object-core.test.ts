import { gzipSync } from "node:zlib";
import { objectBodies } from "../../../benchmarks/subjects/object-core";
import { linesOfParser, sampleObject } from "../../../tools/sample-logs/objects";

/** The documents of the bodies, by their ids. */
function documentsIn(bodies: readonly Buffer[]): [string, unknown][] {
  const lines = Buffer.concat(bodies).toString().trimEnd().split("\n");
  return lines.flatMap((line, n) =>
    n % 2 === 0 ? [[JSON.parse(line).create._id, JSON.parse(lines[n + 1]!)] as [string, unknown]] : [],
  );
}

describe("objectBodies", () => {
  it.each(["elb_access", "cloudtrail", "cloudfront_access"] as const)(
    "has a document of each line of %s, plain or gzip",
    async (format) => {
      const lines = linesOfParser(format, 40).filter((line) => !line.startsWith("#"));
      const headers = linesOfParser(format, 1).filter((line) => line.startsWith("#"));
      const { key, text } = sampleObject(format, [...headers, ...lines]);
      const plain = documentsIn(await objectBodies(Buffer.from(text), key));
      expect(plain.map(([id]) => Number.parseInt(id, 10))).toEqual(lines.map((_, n) => headers.length + n));
      for (const [, document] of plain) expect(document).toHaveProperty("@timestamp");
      expect(documentsIn(await objectBodies(gzipSync(text), key))).toEqual(plain);
    },
  );
});

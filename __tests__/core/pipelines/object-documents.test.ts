import { ObjectDocuments, type ReadObject } from "../../../core/pipelines/object-documents";
import type { LinesHeader } from "../../../core/sources/s3/lines-header";
import { positionAt, prepareAccessLogs, WRITTEN } from "../../support/access-logs";

const READ: ReadObject = {
  object: { bucket: "my-logs", key: "a.log", etag: "e" },
  format: { kind: "logs", format: "auto" },
  source: { name: "mine", index: "", parserFields: "" },
  lastModified: WRITTEN,
};

/** The index of each document of chunks. */
function indicesOf(headers: readonly LinesHeader[]): string[] {
  const documents = new ObjectDocuments(READ, prepareAccessLogs().io.settings);
  return headers.flatMap((header, firstLine) => {
    const { batch } = documents.of({ firstLine, lines: ["a"], tooLong: [], header, next: positionAt(firstLine + 1) });
    return [...batch.lines()].map(({ buffer }) => JSON.parse(buffer.toString().split("\n")[0]!).create._index);
  });
}

describe("ObjectDocuments", () => {
  it("names an index by the chunk alone, whatever headers came before in the invocation", () => {
    const fields = ["version", "bytes", "start", "date", "time", "timestamp"];
    const headers: LinesHeader[] = [
      { format: "vpc_flow", fields },
      { format: "cloudfront_access", fields },
    ];
    expect(indicesOf(headers)).toEqual(headers.flatMap((header) => indicesOf([header])));
    expect(new Set(indicesOf(headers)).size).toBe(2);
  });
});

import { IndexSlots } from "../../core/events/index-slot";
import { encodedBatch } from "../../core/fast-path/lines-encoder";
import { RawObjectLines } from "../../core/fast-path/raw-object-lines";
import { MessageParsing, type ParsingOptions, type StreamParsing } from "../../core/parsers/message-parsing";
import type { BulkBatch } from "../../core/sinks/opensearch/bulk-batch";
import { type LinesSource, linesBatch } from "../../core/sinks/opensearch/object-lines";
import { RawLinesBuilder } from "../../core/sources/s3/line-texts";
import { CWL } from "./layouts";

export const OBJECT = { bucket: "my-logs", key: 'AWSLogs/1/x "y".log', etag: "d41d8cd98f00b204e9800998ecf8427e" };

/** When the object was written: 2026-11-27T03:05:00Z */
const WRITTEN = 1_795_748_700_000;

export const lineSource = (parsing: StreamParsing | undefined, given: Partial<LinesSource> = {}): LinesSource => ({
  object: { ...OBJECT, account: "111111111111", region: "eu-central-1" },
  indices: new IndexSlots(CWL, "elb_access"),
  times: { written: WRITTEN, latest: WRITTEN + 7_200_000 },
  parsing,
  ...given,
});

/** Lines as they are in an object; an empty one is none. */
export function rawLines(lines: readonly (string | Buffer)[], firstLine = 0): RawObjectLines {
  const builder = new RawLinesBuilder();
  for (const line of lines) {
    const bytes = Buffer.from(line);
    builder.add(0, bytes.length);
    builder.take(Buffer.concat([bytes, Buffer.from("\n")]));
  }
  return new RawObjectLines(builder.build(), firstLine);
}

/** The lines of `_bulk` of each document, after its position. Bytes are characters, so that none is taken for another. */
export function documentsOf(batch: BulkBatch): string[] {
  const documents: string[] = [];
  for (const { position, buffer, ends } of batch.lines()) {
    let start = 0;
    for (const [i, end] of Array.from(ends).entries()) {
      documents.push(`${position + i} ${buffer.toString("latin1", start, end)}`);
      start = end;
    }
  }
  return documents;
}

/** What the encoder makes of lines, and what the plain path does. */
export const encodedLines = (source: LinesSource, lines: RawObjectLines) => documentsOf(encodedBatch(source, lines));
export const plainLines = (source: LinesSource, lines: RawObjectLines) => documentsOf(linesBatch(source, lines));

/** Expects the same documents and counts of both paths, of lines of an object. */
export function expectSameOfObject(lines: readonly (string | Buffer)[], options: ParsingOptions): void {
  const [encoded, plain] = [encodedLines, plainLines].map((write) => {
    const parsing = new MessageParsing(options);
    const source = lineSource(parsing.of({ logGroup: "", logStream: "" }));
    return { documents: write(source, rawLines(lines)), counts: parsing.takeCounts() };
  });
  expect(encoded).toEqual(plain);
}

import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { IndexSlots } from "../../../../core/events/index-slot";
import { DOCUMENT_TIMES } from "../../../../core/events/limits";
import { MessageParsing } from "../../../../core/parsers/message-parsing";
import type { ParserChoice } from "../../../../core/settings/parser-choice";
import { type BulkItem, itemsOf } from "../../../../core/sinks/opensearch/bulk-request";
import { type LinesSource, linesBatch, type ObjectLine } from "../../../../core/sinks/opensearch/object-lines";
import { pack } from "../../../../core/sinks/opensearch/pack";
import { CWL } from "../../../support/layouts";

const WRITTEN = Date.parse("2026-11-27T03:05:00Z");
const OBJECT = { bucket: "my-logs", key: "AWSLogs/1/x y.log", etag: "d41d8cd98f00b204e9800998ecf8427e" };

/** "Access logs for your Classic Load Balancer" in its user guide: its first example. */
const ELB =
  '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -';

interface Given {
  parser?: ParserChoice;
  keepMessage?: boolean;
  eventOriginal?: boolean;
  object?: Partial<LinesSource["object"]>;
}

const sourceOf = ({ parser = "none", keepMessage = true, eventOriginal = false, object }: Given = {}): LinesSource => {
  const parsing = new MessageParsing({ parser, fields: [], keepMessage, eventOriginal });
  return {
    object: { ...OBJECT, ...object },
    indices: new IndexSlots(CWL, "elb_access"),
    parsing: parsing.of({ logGroup: "", logStream: "" }),
    times: { written: WRITTEN, latest: DOCUMENT_TIMES.latest },
  };
};

const linesOf = (...messages: string[]): ObjectLine[] => messages.map((message, line) => ({ line, message }));

const textOf = ({ buffer, start, end }: BulkItem) => buffer.toString("utf8", start, end);

const sentOf = (source: LinesSource, lines: readonly ObjectLine[], maxBytes = 5 * 1024 * 1024) =>
  [...pack(linesBatch(source, lines).lines(), maxBytes)].flatMap(itemsOf).map((item) => {
    const [action, document, end] = textOf(item).split("\n");
    expect(end).toBe("");
    return { action: JSON.parse(action!).create, document: JSON.parse(document!), position: item.position };
  });

const only = (source: LinesSource, message: string) => sentOf(source, [{ line: 7, message }])[0]!;

const idOf = (line: number, { bucket, key, etag } = OBJECT) => {
  const hash = createHash("sha256").update(JSON.stringify([bucket, key, etag]));
  return `${line}.${hash.digest("base64url").slice(0, 16)}`;
};

describe("linesBatch", () => {
  it("writes a line's fields beside the names of its object, in the index of its own time", () => {
    const source = sourceOf({ parser: "elb_access", object: { account: "111111111111", region: "eu-central-1" } });
    expect(only(source, ELB)).toMatchObject({
      action: { _index: "cwl-elb_access-2015.05.13", _id: idOf(7) },
      document: {
        "@timestamp": "2015-05-13T23:39:43.945Z",
        cloud: { provider: "aws", account: { id: "111111111111" }, region: "eu-central-1" },
        aws: {
          s3: { bucket: { name: OBJECT.bucket }, object: { key: OBJECT.key } },
          elb: { name: "my-loadbalancer" },
        },
        event: { sequence: 7, dataset: "aws.elb_access", outcome: "success" },
        source: { ip: "192.168.131.39", port: 2817 },
        http: { response: { status_code: 200 } },
        message: ELB,
      },
    });
  });

  it("takes the object's time for a line without one, and says nothing of an unknown account", () => {
    expect(only(sourceOf({ parser: "elb_access" }), "no access log")).toEqual({
      action: { _index: "cwl-elb_access-2026.11.27", _id: idOf(7) },
      document: {
        "@timestamp": "2026-11-27T03:05:00.000Z",
        cloud: { provider: "aws" },
        aws: { s3: { bucket: { name: OBJECT.bucket }, object: { key: OBJECT.key } } },
        event: { sequence: 7 },
        message: "no access log",
      },
      position: 0,
    });
  });

  it.each([["none"], ["auto"], ["waf"]] as const)(
    "lets no JSON line take the pipeline's own fields: parser %s",
    (parser) => {
      const theirs = {
        "@timestamp": "1999-01-01T00:00:00Z",
        cloud: { provider: "gcp", account: { id: "666" } },
        aws: { s3: { bucket: { name: "another" } } },
        event: { sequence: 99 },
        level: "info",
      };
      const { document } = only(sourceOf({ parser }), JSON.stringify(theirs));
      const { level, ...moved } = theirs;
      expect(document).toEqual({
        "@timestamp": "2026-11-27T03:05:00.000Z",
        cloud: { provider: "aws" },
        aws: { s3: { bucket: { name: OBJECT.bucket }, object: { key: OBJECT.key } } },
        event: { sequence: 7 },
        level,
        json: moved,
      });
    },
  );

  it("keeps its own fields whatever a parser returns", () => {
    const fields = {
      cloud: { provider: "x", instance: { id: "i-1" } },
      aws: { s3: { y: 1 } },
      event: { sequence: 3, kind: "z" },
    };
    const source = sourceOf();
    const parse = () => ({ fields });
    const parsing = {
      parse,
      needsSignature: false,
      keepMessage: false,
      eventOriginal: true,
      counts: { parsed: 0, failed: 0 },
    };
    expect(only({ ...source, parsing }, "x").document).toMatchObject({
      cloud: { provider: "aws", instance: { id: "i-1" } },
      aws: { s3: { object: { key: OBJECT.key } } },
      event: { sequence: 7, kind: "z", original: "x" },
    });
  });

  it("writes a rejected line as text under the same index and id", () => {
    const batch = linesBatch(sourceOf({ parser: "elb_access" }), [{ line: 7, message: ELB }]);
    const [action, document] = batch.textLines({ record: 0, position: 0 }, "400 no").toString().split("\n");
    expect(JSON.parse(action!).create).toEqual(only(sourceOf({ parser: "elb_access" }), ELB).action);
    expect(JSON.parse(document!)).toMatchObject({
      "@timestamp": "2015-05-13T23:39:43.945Z",
      aws: { s3: { rejection: "rejected: 400 no", object: { key: OBJECT.key } } },
      event: { sequence: 7 },
      message: ELB,
    });
  });

  it("probes the same index and id with nothing that a writer chooses", () => {
    const batch = linesBatch(sourceOf({ parser: "elb_access" }), [{ line: 7, message: ELB }]);
    const [action, document] = batch.probeLines({ record: 0, position: 0 }).split("\n");
    const { _index, _id } = JSON.parse(action!).index;
    expect({ _index, _id }).toEqual(only(sourceOf({ parser: "elb_access" }), ELB).action);
    expect(JSON.parse(document!)).toEqual({
      "@timestamp": "1970-01-01T00:00:00.000Z",
      cloud: { provider: "aws" },
      aws: { s3: { bucket: { name: OBJECT.bucket }, object: { key: null } } },
      event: { sequence: null },
      message: null,
    });
  });

  it("gives a new object under the same key other ids", () => {
    const id = (etag: string) => only(sourceOf({ object: { etag } }), "x").action._id;
    expect(new Set([id("a"), id("b"), id("a")]).size).toBe(2);
  });

  it("writes every line by itself, however lines are packed and writers take turns", () => {
    const message = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom(ELB, '{"a":1}', "{}", '{"message":7}'),
      fc.constantFrom(1, 40_000, 90_000).map((length) => "é".repeat(length)),
    );
    const messages = fc.array(message, { maxLength: 10 });
    fc.assert(
      fc.property(messages, messages, fc.constantFrom(64 * 1024, 5 * 1024 * 1024), (one, two, maxBytes) => {
        const alone = [one, two].map((each) =>
          linesOf(...each).map((line) => sentOf(sourceOf({ parser: "auto" }), [line])[0]!),
        );
        const batches = [one, two].map((each) => linesBatch(sourceOf({ parser: "auto" }), linesOf(...each)));
        const requests = batches.map((batch) => pack(batch.lines(), maxBytes));
        const sent: BulkItem[][] = [[], []];
        for (let isOpen = true; isOpen; ) {
          isOpen = false;
          for (const [i, each] of requests.entries()) {
            const next = each.next();
            if (next.done) continue;
            isOpen = true;
            sent[i]!.push(...itemsOf(next.value));
          }
        }
        for (const [i, items] of sent.entries()) {
          const documents = items.map((item) =>
            textOf(item)
              .split("\n")
              .slice(0, 2)
              .map((text) => JSON.parse(text)),
          );
          expect(documents.map(([{ create }, document], position) => ({ action: create, document, position }))).toEqual(
            alone[i]!.map((each, position) => ({ ...each, position })),
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

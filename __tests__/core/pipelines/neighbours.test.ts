import { crc32, gzipSync } from "node:zlib";
import fc from "fast-check";
import { layoutsOfEnvironment } from "../../../core/events/configured-layouts";
import { type EventSettings, kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { laneSettings } from "../../../core/pipelines/message-settings";
import { kinesisProgress } from "../../../core/pipelines/record-progress";
import { parseEnvironment } from "../../../core/settings/environment";
import { type KinesisRecord, kinesisRecord } from "../../../core/sources/kinesis/record";
import { aggregated } from "../../../soak/traffic/aggregated";
import { canonicalEnvelope, damagedEnvelope, FAST_PATH_RUNS, looseEnvelope } from "../../support/any-envelope";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 40);

type OfLane = Pick<EventSettings, "indexLayouts"> & Partial<EventSettings>;

/** What becomes of each record of a batch: its lines, and what its progress says. */
function outcomes(batch: readonly KinesisRecord[], fastPath: boolean, ofLane: OfLane = { indexLayouts: CWL }) {
  const settings = { recordMaxBytes: 1024 * 1024, timeField: "", fastPath, ...ofLane };
  const { records } = kinesisProgress(batch);
  const lines = records.map(() => "");
  for (const { record, buffer, ends } of kinesisBatch(records, settings, () => 1).lines()) {
    lines[record] += buffer.toString("utf8", 0, ends[ends.length - 1]);
  }
  return records.map(({ isSettled, pending, archiveMembers, deadLetters, controlMessages }, n) => ({
    ...{ lines: lines[n], isSettled, pending, archiveMembers, controlMessages },
    deadLetters: deadLetters.map(({ record, reason }) => ({ data: record.data.toString("hex"), reason })),
  }));
}

/** Envelopes of few log groups and log streams, so that neighbours have the same names. */
const ordinary = fc
  .tuple(
    fc.constantFrom("/a", "/b", "__proto__"),
    fc.constantFrom("x", "y"),
    fc.array(fc.oneof(fc.string(), fc.constantFrom("a=1 b=2", '{"level":"info"}', "jane@example.com")), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([logGroup, logStream, messages]) =>
    gzipSync(
      JSON.stringify(
        envelope(
          messages.map((text, n) => logEvent(n, text)),
          { logGroup, logStream },
        ),
      ),
    ),
  );

const anyEnvelope = fc.oneof(canonicalEnvelope, looseEnvelope, damagedEnvelope).map((text) => gzipSync(text));

/** The start of a member that takes what follows it for a part of itself: a name, a comment, an extra field, a stored block. */
const swallowing = fc.constantFrom(
  ...["1f8b0808000000000003", "1f8b0810000000000003", "1f8b0804000000000003ffff", "1f8b080000000000000301ffff0000"].map(
    (hex) => Buffer.from(hex, "hex"),
  ),
);

/** User records of which one, or all, cannot be decoded: the dead letter is a part of what the record inflates to. */
const wrapped = fc
  .array(
    fc.oneof(
      fc.constant(Buffer.from([0x1f, 0x8b, 1, 2])),
      fc.string({ minLength: 1 }).map((text) => Buffer.from(text)),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((records) => gzipSync(aggregated(records)));

const anyTrailer = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes));

/** Gzip that is cut off, goes on, begins with an empty member, lies about its size or is damaged, with the right CRC or another. */
const hostile = fc.oneof(
  swallowing,
  fc.tuple(anyEnvelope, fc.nat(40)).map(([gzip, cut]) => gzip.subarray(0, -cut - 1)),
  fc.tuple(anyEnvelope, anyEnvelope).map((members) => Buffer.concat(members)),
  fc.tuple(anyEnvelope, swallowing).map((parts) => Buffer.concat(parts)),
  anyEnvelope.map((gzip) => Buffer.concat([gzipSync(""), gzip])),
  fc.tuple(anyEnvelope, fc.uint8Array({ maxLength: 20 })).map(([gzip, more]) => Buffer.concat([gzip, more])),
  fc.tuple(anyEnvelope, anyTrailer).map(([gzip, trailer]) => Buffer.concat([gzip.subarray(0, -8), trailer])),
  fc.tuple(anyEnvelope, fc.nat(), fc.nat(255)).map(([gzip, at, byte]) => {
    const data = Buffer.from(gzip);
    data[at % data.length] = byte;
    return data;
  }),
  fc.nat(0xffff_ffff).map((size) => {
    const data = gzipSync(Buffer.alloc(200_000));
    data.writeUInt32LE(crc32(Buffer.alloc(size % 300_000)), data.length - 8);
    data.writeUInt32LE(size, data.length - 4);
    return data;
  }),
  fc.string().map((text) => Buffer.from(text)),
);

const anyRecord = fc.oneof({ weight: 2, arbitrary: ordinary }, anyEnvelope, wrapped, hostile);

describe("the records of a batch", () => {
  it("come to what each comes to alone, whatever its neighbours are", () =>
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 2, maxLength: 8 }), (datas) => {
        const batch = datas.map((data, n) => kinesisRecord(kinesisStreamRecord(n, data)));
        const alone = batch.flatMap((record) => outcomes([record], false));
        expect(outcomes(batch, true)).toEqual(alone);
      }),
      { numRuns: FAST_PATH_RUNS / 10 },
    ));

  it("come to the same where log groups of a shared stream differ, from one batch to the next", () => {
    const environment = parseEnvironment({
      ...{ SEARCH_ENDPOINT: "https://search.example", ARCHIVE_BUCKET: "logs-archive", AWS_REGION: "eu-central-1" },
      LOG_GROUPS: JSON.stringify([
        { names: ["/a"], PARSER: "key_value", INDEX_NAME: "carts", EVENT_ORIGINAL: "on" },
        { names: ["__proto__"], RULES: '[{"action":"redact","what":["email"]}]', JOIN_LINES: "^\\S" },
      ]),
    });
    // Both lanes live through all batches: what the encoder remembers of one is there in the next.
    const [lane, other] = [0, 1].map(() => ({
      indexLayouts: layoutsOfEnvironment(environment),
      ...laneSettings(environment),
    }));
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 2, maxLength: 8 }), (datas) => {
        const batch = datas.map((data, n) => kinesisRecord(kinesisStreamRecord(n, data)));
        const alone = batch.flatMap((record) => outcomes([record], false, other));
        expect(outcomes(batch, true, lane)).toEqual(alone);
        expect(lane!.parsing.takeCounts()).toEqual(other!.parsing.takeCounts());
      }),
      { numRuns: FAST_PATH_RUNS / 10 },
    );
  });
});

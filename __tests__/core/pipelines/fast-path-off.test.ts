import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { loadFastPath } from "../../../core/fast-path/fast-path-record";
import { lineJoining } from "../../../core/messages/joining";
import { type EventSettings, kinesisBatch } from "../../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress } from "../../../core/pipelines/record-progress";
import { RuleSet } from "../../../core/rules/rule-set";
import { parseRules } from "../../../core/settings/rules";
import { bodyOf } from "../../../core/sinks/opensearch/bulk-request";
import { pack } from "../../../core/sinks/opensearch/pack";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import {
  canonicalEnvelope,
  centralizedEnvelope,
  damagedEnvelope,
  envelopeOfAnyHead,
  escapedEnvelope,
  FAST_PATH_RUNS,
  looseEnvelope,
} from "../../support/any-envelope";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 20);

const MIB = 1024 * 1024;

/** A batch's requests, and its records after they were read. */
function read(
  envelopes: readonly (string | Buffer)[],
  fastPath: boolean,
  bulkMaxBytes = MIB,
  preparing: Pick<EventSettings, "rules" | "joining" | "archiveContent"> = {},
) {
  const data = envelopes.map((one, n) => kinesisRecord(kinesisStreamRecord(n, gzipSync(one))));
  const { records } = kinesisProgress(data);
  const settings = { indexLayouts: CWL, recordMaxBytes: 64 * MIB, timeField: "", fastPath, ...preparing };
  const requests = [...pack(kinesisBatch(records, settings, () => 1).lines(), bulkMaxBytes)].map((request) => ({
    body: bodyOf(request).toString(),
    ends: request.ends,
    // The plain path writes event by event, so it has more runs.
    events: request.runs.flatMap(({ record, position, count }) =>
      Array.from({ length: count }, (_, n) => [record, position + n]),
    ),
  }));
  const fates = records.map(({ isSettled, archiveMembers, deadLetters, ruleCounts, joinedEvents }) => ({
    ...{ isSettled, archiveMembers, deadLetters, ruleCounts, joinedEvents },
  }));
  return { requests, fates };
}

describe("kinesisBatch without the fast path", () => {
  const anyEnvelope = fc.oneof(
    canonicalEnvelope,
    centralizedEnvelope,
    escapedEnvelope,
    looseEnvelope,
    envelopeOfAnyHead,
    damagedEnvelope,
  );

  it("fills the same requests, and leaves the records' progress as it does with it", () => {
    const batch = fc.array(anyEnvelope, { minLength: 1, maxLength: 4 });
    const property = fc.property(batch, fc.integer({ min: 1, max: 5000 }), (envelopes, bulkMaxBytes) => {
      expect(read(envelopes, false, bulkMaxBytes)).toEqual(read(envelopes, true, bulkMaxBytes));
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 4) });
  });

  it("fills the same requests from a record whose lines fill the encoder's memory several times", () => {
    const long = JSON.stringify(envelope([...Array(60).keys()].map((n) => logEvent(n, String(n).repeat(50_000)))));
    expect(read([long, long], false)).toEqual(read([long, long], true));
  });

  it("fills the same requests with what joining and rules leave of a record", () => {
    const batch = fc.array(anyEnvelope, { minLength: 1, maxLength: 3 });
    const rules = new RuleSet(
      parseRules(
        JSON.stringify([
          { action: "drop", pattern: "b" },
          { action: "sample", field: "message", pattern: "c", rate: 0.5 },
          { action: "redact", pattern: "[a0-9\u00e9]{1,3}" },
        ]),
      ).rules!,
    );
    // What changes nothing leaves the record's own bytes to the encoder.
    const others = [
      { action: "drop", pattern: "none has this" },
      { action: "redact", pattern: "nor this" },
    ];
    const idle = new RuleSet(parseRules(JSON.stringify(others)).rules!);
    const preparations = fc.constantFrom(
      { rules },
      { rules, archiveContent: "redacted" } as const,
      { rules: idle },
      { rules: idle, archiveContent: "redacted" } as const,
      { joining: lineJoining("^[{a]") },
    );
    const property = fc.property(batch, preparations, (envelopes, preparing) => {
      expect(read(envelopes, false, MIB, preparing)).toEqual(read(envelopes, true, MIB, preparing));
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 8) });
  });

  it("leaves the encoder alone", () => {
    const open = jest.spyOn(loadFastPath(), "open");
    const canonical = JSON.stringify(envelope([logEvent(1)]));
    read([canonical], false);
    expect(open).not.toHaveBeenCalled();
    read([canonical], true);
    expect(open).toHaveBeenCalledTimes(1);
    read([canonical], true, MIB, { joining: lineJoining("^x") });
    expect(open).toHaveBeenCalledTimes(2);
  });
});

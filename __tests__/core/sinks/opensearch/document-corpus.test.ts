import { documentId } from "../../../../core/events/document-id";
import { kinesisBatch } from "../../../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress } from "../../../../core/pipelines/record-progress";
import { itemsOf } from "../../../../core/sinks/opensearch/bulk-request";
import { pack } from "../../../../core/sinks/opensearch/pack";
import { kinesisRecord } from "../../../../core/sources/kinesis/record";
import { itEachLog } from "../../../support/corpus";
import { linesOf } from "../../../support/delivery";
import { canonical } from "../../../support/json";
import { envelope, kinesisEvent, logEvent } from "../../../support/kinesis";
import { CWL } from "../../../support/layouts";
import { comparable, referenceDocument } from "../../../support/reference-document";
import { expectSameElements } from "../../../support/same-elements";

const MIB = 1024 * 1024;
const EVENTS_PER_RECORD = 100;

describe("kinesisBatch on logs", () => {
  itEachLog("writes each line of %s as the reference does", (lines) => {
    const events = lines.map((line, n) => logEvent(n, line));
    const envelopes = Array.from({ length: Math.ceil(events.length / EVENTS_PER_RECORD) }, (_, n) =>
      envelope(events.slice(n * EVENTS_PER_RECORD, (n + 1) * EVENTS_PER_RECORD)),
    );
    const { records } = kinesisProgress(kinesisEvent(...envelopes).Records.map(kinesisRecord));
    const settings = { indexLayouts: CWL, recordMaxBytes: 32 * MIB, timeField: "", fastPath: true };
    const items = [...pack(kinesisBatch(records, settings, () => 1).lines(), MIB)].flatMap(itemsOf);

    const written = items.map((item) => {
      const [action, document, ...rest] = linesOf(item).split("\n");
      return { id: JSON.parse(action!).create._id, document: comparable(document!), rest };
    });
    const expected = events.map(({ id, timestamp, message }) => {
      const time = new Date(timestamp).toISOString();
      return {
        id: documentId(id, envelopes[0]!),
        document: canonical(referenceDocument(message, time, envelopes[0]!, "eu-central-1")),
        rest: [""],
      };
    });
    expectSameElements(written, expected);
  });
});

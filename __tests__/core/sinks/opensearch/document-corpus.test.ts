import { bulkRequests } from "../../../../core/pipelines/kinesis-to-opensearch";
import { itemsOf } from "../../../../core/sinks/opensearch/bulk-request";
import { batchRecord } from "../../../../core/sources/kinesis/batch-record";
import { itEachLog } from "../../../support/corpus";
import { linesOf } from "../../../support/delivery";
import { canonical, parseJson } from "../../../support/json";
import { envelope, kinesisEvent, logEvent } from "../../../support/kinesis";
import { referenceDocument } from "../../../support/reference-document";
import { expectSameElements } from "../../../support/same-elements";

const MIB = 1024 * 1024;
const EVENTS_PER_RECORD = 100;

describe("bulkRequests on logs", () => {
  itEachLog("writes each line of %s as the reference does", (lines) => {
    const events = lines.map((line, n) => logEvent(n, line));
    const envelopes = Array.from({ length: Math.ceil(events.length / EVENTS_PER_RECORD) }, (_, n) =>
      envelope(events.slice(n * EVENTS_PER_RECORD, (n + 1) * EVENTS_PER_RECORD)),
    );
    const records = kinesisEvent(...envelopes).Records.map(batchRecord);
    const settings = { indexPrefix: "cwl-", recordMaxBytes: 32 * MIB, timeField: "", bulkMaxBytes: MIB };
    const items = [...bulkRequests(records, settings, () => 1)].flatMap(itemsOf);

    const written = items.map((item) => {
      const [action, document, ...rest] = linesOf(item).split("\n");
      return { id: JSON.parse(action!).create._id, document: canonical(parseJson(document!)), rest };
    });
    const expected = events.map(({ id, timestamp, message }) => {
      const time = new Date(timestamp).toISOString();
      return { id, document: canonical(referenceDocument(message, time, envelopes[0]!, "eu-central-1")), rest: [""] };
    });
    expectSameElements(written, expected);
  });
});

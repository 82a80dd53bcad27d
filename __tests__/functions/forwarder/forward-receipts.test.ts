import { gunzipSync, gzipSync } from "node:zlib";
import { eventIdOf } from "../../../core/events/document-id";
import { lineJoining } from "../../../core/messages/joining";
import { addEvent, envelopeReceipt } from "../../../core/receipts/envelope-receipt";
import { halvesSum, idHash } from "../../../core/receipts/id-hash";
import { noEvents, Receipt, type ReceiptRow } from "../../../core/receipts/receipt";
import { RuleSet } from "../../../core/rules/rule-set";
import { replayKey } from "../../../core/sources/kinesis/replay-key";
import { type ForwardSettings, forward } from "../../../functions/forwarder/forward";
import { aggregated } from "../../../soak/traffic/aggregated";
import { prepareForwarding } from "../../support/forwarding";
import { ARRIVAL, CONTROL_MESSAGE, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";

const HOUR_MS = 3_600_000;
const SYSTEM = { "@aws.account": "222222222222", "@source.log": "/my/app" };

/** Records of every kind, with events of several hours. */
const RECORDS = [
  envelope([logEvent(1), logEvent(2, "rejected"), logEvent(3, "dropped")]),
  envelope([4, 5, 6, 7].map((n) => logEvent(n, `line ${n}`, ARRIVAL - n * HOUR_MS))),
  envelope([logEvent(8, "x", ARRIVAL - 1), logEvent(9, "\tat a.B", ARRIVAL), logEvent(10, "\tat c.D")]),
  { ...envelope([]), logEvents: [11, 12].map((n) => ({ ...logEvent(n, "rejected"), extractedFields: SYSTEM })) },
  {
    ...envelope([]),
    logEvents: [
      { ...logEvent(13), extractedFields: { "@aws.account": "333333333333" } },
      { ...logEvent(14, "dropped"), extractedFields: SYSTEM },
      logEvent(15),
    ],
  },
  envelope([logEvent(16, 'a  "b"\n')], { logGroup: "/aws/lambda/Ünï  x" }),
  CONTROL_MESSAGE,
  Buffer.from("one line\nanother one\n"),
  Buffer.from('{"event":{"id":"01JDQ8Z0T3V5W7X9Y1A2B3C4D5"},"message":"rejected"}'),
  aggregated([Buffer.from("dropped"), gzipSync(JSON.stringify(envelope([logEvent(17)], { logGroup: "bar" })))]),
  Buffer.from([17, 18].map((n) => JSON.stringify(envelope([logEvent(n)], { logGroup: `g${n}` }))).join("\n")),
  envelope([{ ...logEvent(1), id: "no id of CloudWatch Logs" }], { logStream: "b" }),
  envelope([], { logStream: "empty" }),
  Buffer.from([0xff, 0]),
];

const PREPARED: Partial<ForwardSettings> = {
  joining: lineJoining("^[^\\t]"),
  rules: new RuleSet([
    { action: "drop", condition: { field: "message", pattern: "^dropped" }, rate: 0 },
    { action: "redact", pattern: "line" },
  ]),
};

async function delivered(settings: Partial<ForwardSettings>, records: readonly unknown[] = RECORDS) {
  const forwarding = prepareForwarding(settings);
  forwarding.engine.reject = ({ document }) =>
    document.message === "rejected"
      ? ({ status: 400, type: "mapper_parsing_exception", reason: "no" } as never)
      : undefined;
  expect(await forward(kinesisEvent(...records), forwarding.io)).toEqual({ batchItemFailures: [] });
  return forwarding;
}

async function receiptUnder(bucket: Awaited<ReturnType<typeof delivered>>["bucket"], prefix: string) {
  const sum = new Receipt();
  for (const key of bucket.keys(prefix)) sum.addAll((await bucket.receipt(key))!);
  return sum;
}

type Engine = Awaited<ReturnType<typeof delivered>>["engine"];

/** What a receipt says of the documents of an index. */
function indexed({ documents }: Engine): Receipt {
  const receipt = new Receipt();
  for (const [key, document] of documents) {
    const { cloud, aws } = document as {
      cloud: { account: { id: string } };
      aws: { cloudwatch: { log_group: string } };
    };
    const counts = {
      ...noEvents(Math.floor(Date.parse(document["@timestamp"] as string) / HOUR_MS)),
      ...{ events: 1, fingerprint: idHash(eventIdOf(key.slice(key.indexOf("/") + 1))) },
    };
    receipt.add({ account: cloud.account.id, logGroup: aws.cloudwatch.log_group }, counts);
  }
  return receipt;
}

/** Rows of events that have documents, without the other outcomes. */
const documentRows = (rows: readonly ReceiptRow[]) =>
  rows
    .filter(({ events }) => events > 0)
    .map(({ account, logGroup, hour, events, fingerprint }) => ({ account, logGroup, hour, events, fingerprint }));

const total = (rows: readonly ReceiptRow[], outcome: "dropped" | "joined" | "events") =>
  rows.reduce((sum, row) => sum + row[outcome], 0);

describe.each([
  { archiveLayout: "log-group", fastPath: true },
  { archiveLayout: "log-group", fastPath: false },
  { archiveLayout: "stream", fastPath: true },
  { archiveLayout: "stream", fastPath: false },
] as const)("forward, receipts by $archiveLayout, fast path $fastPath", (settings) => {
  it.each([
    ["as they came", {}],
    ["joined, dropped and redacted", PREPARED],
    ["redacted in the archive", { ...PREPARED, archiveContent: "redacted" as const }],
  ])("say of events %s what the index has, when those of rejected/ are subtracted", async (_, prepared) => {
    const { bucket, engine } = await delivered({ ...settings, ...prepared });
    const left = await receiptUnder(bucket, "archive/");
    const archived = left.rows();
    left.subtractAll(await receiptUnder(bucket, "rejected/"));
    expect(documentRows(left.rows())).toEqual(documentRows(indexed(engine).rows()));
    expect(total(left.rows(), "events")).toBe(engine.documents.size);
    expect(total(archived, "events")).toBeGreaterThan(engine.documents.size);
    const isPrepared = prepared !== undefined && "rules" in prepared;
    expect([total(archived, "dropped"), total(archived, "joined")]).toEqual(isPrepared ? [3, 2] : [0, 0]);
  });

  it("are the same with the fast path and without", async () => {
    const { bucket } = await delivered({ ...settings, ...PREPARED });
    const other = await delivered({ ...settings, ...PREPARED, fastPath: !settings.fastPath });
    expect(bucket.metadata).toEqual(other.bucket.metadata);
    expect(bucket.objects).toEqual(other.bucket.objects);
  });
});

describe("forward, receipts", () => {
  it("count the hour of an event, not that of its arrival", async () => {
    const { bucket } = await delivered({}, [envelope([logEvent(1, "x", ARRIVAL - 1), logEvent(2, "x", ARRIVAL)])]);
    const [key] = bucket.keys();
    expect(bucket.metadata.get(key!)).toEqual({
      records: "1",
      receipt: expect.stringMatching(
        /^\{"2026-11-21T02":\{"1{12}":\{"foo":\[1,"[0-9a-f]{16}"\]\}\},"2026-11-21T03":\{"1{12}":\{"foo":\[1,"[0-9a-f]{16}"\]\}\}\}$/,
      ),
    });
  });

  it("are at the end of an object of many log groups, whose lines stay the same", async () => {
    const records = Array.from({ length: 100 }, (_, n) =>
      envelope([logEvent(n)], { logGroup: `/aws/lambda/group-${n}` }),
    );
    const { bucket, engine } = await delivered({ archiveLayout: "stream" }, records);
    const [key] = bucket.keys();
    const tailBytes = Number(bucket.metadata.get(key!)!["receipt-bytes"]);
    expect(bucket.lines("")).toEqual(records.map((record) => JSON.stringify(record)));
    expect(gunzipSync(bucket.objects.get(key!)!.subarray(-tailBytes))).toHaveLength(0);
    expect((await bucket.receipt(key!))!.rows()).toEqual(indexed(engine).rows());
  });

  it("have the records that are acknowledged, so that those of a batch and its retry add up to all", async () => {
    const records = [1, 2, 3].map((n) => envelope([logEvent(n, `line ${n}`)]));
    const forwarding = prepareForwarding({ bulkMaxBytes: 1 });
    forwarding.engine.reject = ({ document }) =>
      document.message === "line 2"
        ? { status: 429, type: "es_rejected_execution_exception", reason: "busy" }
        : undefined;
    const event = kinesisEvent(...records);
    const { batchItemFailures } = await forward(event, forwarding.io);
    expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[1]!.kinesis.sequenceNumber }]);
    const [first] = forwarding.bucket.keys();
    expect((await forwarding.bucket.receipt(first!))!.rows()).toMatchObject([
      { events: 1, fingerprint: idHash(eventId(1)) },
    ]);
    const retry = prepareForwarding();
    await forward({ Records: event.Records.slice(1) }, retry.io);
    const sum = await receiptUnder(retry.bucket, "");
    expect(sum.rows()).toMatchObject([{ events: 2, fingerprint: halvesSum(idHash(eventId(2)), idHash(eventId(3))) }]);
  });

  it("have the hours of a replayed record, even more than the encoder has room for", async () => {
    const events = Array.from({ length: 2_000 }, (_, n) => logEvent(n, "", n * HOUR_MS));
    const event = kinesisEvent(envelope(events));
    event.Records[0]!.kinesis.partitionKey = replayKey("1");
    const forwarding = prepareForwarding();
    await forward(event, forwarding.io);
    const sum = await receiptUnder(forwarding.bucket, "");
    expect(sum.rows()).toEqual(envelopeReceipt(envelope([]), { events }));
    expect(sum.rows()).toHaveLength(2_000);
  });

  it("add the events of a record that fills the encoder's memory several times once", async () => {
    const events = Array.from({ length: 60 }, (_, n) => logEvent(n, String(n).repeat(50_000)));
    const { bucket } = await delivered({ recordMaxBytes: 64 * 1024 * 1024 }, [envelope(events)]);
    const receipt = new Receipt();
    for (const one of events) addEvent(receipt, envelope([]), one);
    expect((await receiptUnder(bucket, "")).rows()).toEqual(receipt.rows());
  });
});

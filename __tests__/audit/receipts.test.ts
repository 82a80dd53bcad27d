import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import type { AuditArguments } from "../../audit/arguments/arguments";
import { isWrong } from "../../audit/report-text";
import { documentId } from "../../core/events/document-id";
import { HOUR_MS } from "../../core/events/durations";
import { laneSettings } from "../../core/pipelines/message-settings";
import { defaultMessages, type MessageVariables } from "../../core/settings/message-variables";
import { LaneMessages } from "../../replay/lane-messages";
import { Audited } from "../support/audited";
import { ARRIVAL, documentIdOf, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { MAPPING_CONFLICT } from "../support/search-engine";

const MINUTE = 60_000;

/** Each has an index of its own. */
const LOG_GROUPS = ["foo", "bar"];
const OWNERS = ["111111111111", "222222222222"];

/** Where events come from, the last of them through a centralized log group. */
const SOURCES = [
  { owner: OWNERS[0]!, logGroup: "foo" },
  { owner: OWNERS[1]!, logGroup: "foo" },
  { owner: OWNERS[0]!, logGroup: "bar" },
  { owner: OWNERS[1]!, logGroup: "bar", system: { "@aws.account": OWNERS[0]!, "@source.log": "foo" } },
];

const NOISE = "noise";
const DROPS: Partial<MessageVariables> = {
  RULES: [{ action: "drop", condition: { field: "message", values: [NOISE] }, rate: 0 }],
};
const REDACTS: Partial<MessageVariables> = { RULES: [{ action: "redact", pattern: "line" }] };
const JOINS: Partial<MessageVariables> = { JOIN_LINES: "^line" };

/** What became of messages when they were archived, and what would today. */
const anyMessages = fc.constantFrom<Partial<MessageVariables>>({}, {}, {}, DROPS, REDACTS, JOINS);

/** A record, which some batches have again, as after a kill. */
const anyRecord = fc.record({
  source: fc.nat(SOURCES.length - 1),
  /** Of its events, in relation to their arrival. */
  minutes: fc.array(fc.integer({ min: -150, max: 40 }), { minLength: 1, maxLength: 4 }),
  isNoisy: fc.boolean(),
});

const anyDeed = fc.record({
  what: fc.constantFrom("delete", "copy", "move by minutes", "move by hours", "invent", "invent elsewhere"),
  document: fc.nat(50),
});

const anyCase = fc.record({
  batches: fc.array(fc.array(anyRecord, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  /** The first batches come again, from their second record on. */
  again: fc.nat(2),
  isByStream: fc.boolean(),
  rejects: fc.constantFrom("nothing", "nothing", "every third"),
  before: anyMessages,
  today: anyMessages,
  deeds: fc.array(anyDeed, { maxLength: 3 }),
  /** Objects that lose their receipt, and whether one is gone. */
  unreceipted: fc.array(fc.nat(20), { maxLength: 2 }),
  gone: fc.option(fc.nat(20), { freq: 4 }),
  selection: fc.record({
    fromMs: fc.constantFrom(ARRIVAL - 2 * HOUR_MS, ARRIVAL - 90 * MINUTE),
    toMs: fc.constantFrom(ARRIVAL + HOUR_MS, ARRIVAL + 10 * MINUTE),
    of: fc.constantFrom(
      {},
      {},
      ...LOG_GROUPS.map((logGroup) => ({ logGroup })),
      ...OWNERS.map((account) => ({ account })),
    ),
  }),
});

type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

function recordOf({ source, minutes, isNoisy }: Case["batches"][number][number], n: number) {
  const { system, ...where } = SOURCES[source]!;
  const events = minutes.map((minute, i) => ({
    ...logEvent(n + i, isNoisy && i === 0 ? NOISE : i % 2 ? ` at ${i}` : `line ${i}`, ARRIVAL + minute * MINUTE),
    ...(system && { extractedFields: system }),
  }));
  return envelope(events, where);
}

async function archived(audited: Audited, { batches, again, isByStream, rejects, before }: Case): Promise<void> {
  audited.searched.engine.reject = ({ id }) =>
    rejects === "every third" && Number(eventNumber(id)) % 3 === 0 ? MAPPING_CONFLICT : undefined;
  const deliveries = batches.map((batch, n) => {
    const event = kinesisEvent(...batch.map((record, i) => recordOf(record, 100 * n + 10 * i)));
    // Each batch has sequence numbers of its own.
    for (const record of event.Records) record.kinesis.sequenceNumber += String(100 + n);
    return event;
  });
  const repeated = deliveries.slice(0, again).map(({ Records }) => ({ Records: Records.slice(1) }));
  const settings = laneSettings({ ...defaultMessages(), ...before });
  const archiveLayout = isByStream ? "stream" : "log-group";
  await audited.deliver([...deliveries, ...repeated.filter(({ Records }) => Records.length > 0)], {
    ...settings,
    archiveLayout,
  });
}

const eventNumber = (id: string) => id.slice(0, id.indexOf("."));

/** Does something to a document of the index. */
function meddle({ searched: { documents } }: Audited, { what, document }: Case["deeds"][number]): void {
  const keys = [...documents.keys()];
  const key = keys[document % Math.max(1, keys.length)];
  if (key === undefined) return;
  const [index, id] = key.split("/") as [string, string];
  const source = documents.get(key)!;
  const moved = (ms: number) => new Date(Date.parse(String(source["@timestamp"])) + ms).toISOString();
  const invented = documentId(eventId(9000 + document), { owner: OWNERS[0]!, logGroup: LOG_GROUPS[document % 2]! });
  switch (what) {
    case "delete":
      documents.delete(key);
      break;
    case "copy":
      documents.set(`${index.slice(0, -2)}20/${id}`, source);
      break;
    case "move by minutes":
      documents.set(key, { ...source, "@timestamp": moved(30 * MINUTE) });
      break;
    case "move by hours":
      documents.set(key, { ...source, "@timestamp": moved(3 * HOUR_MS) });
      break;
    case "invent":
      documents.set(`${index}/${invented}`, source);
      break;
    case "invent elsewhere":
      documents.set(`${index.slice(0, -2)}19/strange`, source);
      break;
  }
}

async function reportOf(audited: Audited, args: Partial<AuditArguments>) {
  const { counts, unread, unseen, stopped, planned } = await audited.audit(args);
  const rows = counts.hours
    .filter((hour) => isWrong(hour.counts) || Object.values(hour.counts).some((count) => count > 0))
    .map(({ hourMs, logGroup, counts: numbers }) => JSON.stringify([hourMs, logGroup, numbers]));
  return { names: audited.names, rows: rows.sort(), unread, unseen, stopped, planned };
}

type Metadata = Record<string, string>;

/** Records of two log groups, with events of two hours each. */
const FOUR = ["foo", "bar"].flatMap((logGroup, n) =>
  [-MINUTE, MINUTE].map((ms, i) => {
    const number = 10 * (2 * n + i) + 10;
    return envelope([logEvent(number, "a", ARRIVAL + ms), logEvent(number + 1, "b", ARRIVAL + ms)], { logGroup });
  }),
);

/** Which object has an event. */
const objectOf = ({ s3 }: Audited, id: string): string =>
  [...s3.objects].find(([, { body }]) => gunzipSync(body).includes(id))![0];

describe("an audit by receipts", () => {
  let audited: Audited;
  beforeEach(async () => {
    audited = await Audited.start();
  });
  afterEach(() => audited.s3.stop());

  it("reports what it reports without them", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (one) => {
        const { s3, searched } = audited;
        s3.objects.clear();
        searched.documents.clear();
        await archived(audited, one);
        for (const deed of one.deeds) meddle(audited, deed);
        const keys = [...s3.objects.keys()];
        for (const n of one.unreceipted) s3.objects.get(keys[n % keys.length]!)!.metadata = {};
        if (one.gone !== null) s3.objects.delete(keys[one.gone % keys.length]!);
        audited.messages = new LaneMessages(
          new Map(
            [...LOG_GROUPS, "logging-pipeline_foo"].map((name) => [name, { ...defaultMessages(), ...one.today }]),
          ),
        );
        const { of, ...times } = one.selection;
        const selection = { ...times, ...of };
        const withReceipts = await reportOf(audited, { selection });
        for (const object of s3.objects.values()) object.metadata = {};
        expect(withReceipts).toEqual(await reportOf(audited, { selection }));
      }),
      { numRuns: 10, seed: 1 },
    );
  }, 120_000);

  describe("of events of two hours and log groups", () => {
    beforeEach(() => audited.deliver([kinesisEvent(...FOUR)]));

    it("reads no object if all agrees", async () => {
      const report = await audited.audit();
      expect([report.isClean, report.counts.sum]).toEqual([true, expect.objectContaining({ archived: 8, indexed: 8 })]);
      expect(audited.s3.read).toEqual([]);
      expect(audited.s3.asked.sort()).toEqual([...audited.s3.objects.keys()].sort());
    });

    it("reads the objects alone of what does not agree", async () => {
      audited.searched.documents.delete(`cwl-foo-2026.11.21/${documentIdOf(20)}`);
      const report = await audited.audit();
      expect([audited.names, report.counts.sum.indexed]).toEqual([[`missing ${documentIdOf(20)}`], 7]);
      expect(new Set(audited.s3.read)).toEqual(new Set([objectOf(audited, eventId(20))]));
    });

    it.each([
      ["is no JSON", () => ({ receipt: "{" })],
      ["is not as the forwarder writes it", ({ receipt }: Metadata) => ({ receipt: `${receipt} ` })],
      ["is not where it should be", () => ({ "receipt-bytes": "40" })],
      ["is longer than its object", () => ({ "receipt-bytes": "99999999" })],
      ["is missing", () => ({})],
    ])("reads an object whose receipt %s", async (_, change) => {
      const object = audited.s3.objects.get(objectOf(audited, eventId(20)))!;
      object.metadata = change(object.metadata);
      audited.searched.documents.delete(`cwl-foo-2026.11.21/${documentIdOf(20)}`);
      await audited.audit();
      expect(audited.names).toEqual([`missing ${documentIdOf(20)}`]);
    });

    it.each<[string, Partial<AuditArguments>]>([
      ["compares contents", { isDeep: true }],
      ["removes documents", { heal: { isDone: false, deletes: true } }],
    ])("reads every object if it %s", async (_, args) => {
      expect((await audited.audit(args)).isClean).toBe(true);
      expect([new Set(audited.s3.read), audited.s3.asked]).toEqual([new Set(audited.s3.objects.keys()), []]);
    });
  });

  it("reads a receipt that is too long for metadata at the object's end", async () => {
    const envelopes = Array.from({ length: 60 }, (_, n) => envelope([logEvent(n)], { logGroup: `group-${n}-of-many` }));
    await audited.deliver([kinesisEvent(...envelopes)], { archiveLayout: "stream" });
    const [key, { metadata, body }] = [...audited.s3.objects][0]!;
    expect(Object.keys(metadata)).toContain("receipt-bytes");
    let requested = "";
    audited.s3.intercept = ({ headers }) => {
      requested ||= headers.range ?? "";
      return false;
    };
    expect((await audited.audit()).counts.sum).toMatchObject({ archived: 60, indexed: 60 });
    expect([requested, audited.s3.read]).toEqual([`bytes=${body.length - Number(metadata["receipt-bytes"])}-`, [key]]);
  });
});

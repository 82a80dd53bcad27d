import fc from "fast-check";
import { HOUR_MS } from "../../core/events/durations";
import { Audited } from "../support/audited";
import { ARRIVAL, documentIdOf, envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { MAPPING_CONFLICT } from "../support/search-engine";

const INDEX = "cwl-foo-2026.11.21";
const OTHER = "cwl-foo-2026.11.20";

/** An archive and an index that have as many events, as JSON and as text. */
async function deliveredEvents(count: number): Promise<Audited> {
  const audited = await Audited.start();
  const events = Array.from({ length: count }, (_, n) => logEvent(n, n % 2 ? `line ${n}` : `{"n":${n},"a":{"b":[1]}}`));
  await audited.deliver([kinesisEvent(envelope(events))]);
  return audited;
}

/** What is done to a document. */
type Deed = "nothing" | "delete" | "duplicate" | "alter" | "move in time";

function does(deed: Deed, n: number, { searched: { documents } }: Audited): string[] {
  const id = documentIdOf(n);
  const key = `${INDEX}/${id}`;
  const document = documents.get(key)!;
  switch (deed) {
    case "nothing":
      return [];
    case "delete":
      documents.delete(key);
      return [`missing ${id}`];
    case "duplicate":
      documents.set(`${OTHER}/${id}`, document);
      return [`duplicate ${id}`];
    case "alter":
      documents.set(key, { ...document, altered: true });
      return [`altered ${id}`];
    case "move in time":
      documents.set(key, { ...document, "@timestamp": new Date(ARRIVAL + 5 * HOUR_MS).toISOString() });
      return [`altered ${id}`];
  }
}

describe("an audit", () => {
  let audited: Audited;
  afterEach(() => audited.s3.stop());

  it("names exactly what was done to the index, and heals it", async () => {
    const deed = fc.constantFrom<Deed>("nothing", "delete", "duplicate", "alter", "move in time");
    audited = await Audited.start();
    await audited.s3.stop();
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 100, max: 105 }), { maxLength: 3 }),
        async (deeds, strangers) => {
          audited = await deliveredEvents(deeds.length);
          try {
            const template = audited.searched.documents.get(`${INDEX}/${documentIdOf(0)}`)!;
            const done = deeds.flatMap((each, n) => does(each, n, audited));
            for (const n of new Set(strangers)) {
              audited.searched.documents.set(`${INDEX}/${documentIdOf(n)}`, template);
              done.push(`extra ${documentIdOf(n)}`);
            }
            const report = await audited.audit({ isDeep: true });
            expect(audited.names).toEqual(done.sort());
            expect([report.isComplete, report.isClean]).toEqual([true, done.length === 0]);
            const heal = { isDone: true, deletes: true };
            const after = await audited.audit({ isDeep: true, heal });
            expect([audited.names, after.isClean]).toEqual([[], true]);
            expect((await audited.audit({ isDeep: true })).counts.sum).toMatchObject({
              ...{ archived: deeds.length, indexed: deeds.length },
            });
          } finally {
            await audited.s3.stop();
          }
        },
      ),
      { numRuns: 6 },
    );
  });

  it("delivers what is missing and removes nothing without --delete, and does nothing without --yes", async () => {
    audited = await deliveredEvents(4);
    const deeds: Deed[] = ["delete", "duplicate", "alter", "nothing"];
    const done = deeds.flatMap((each, n) => does(each, n, audited));
    const before = new Map(audited.searched.documents);
    const dry = await audited.audit({ isDeep: true, heal: { isDone: false, deletes: true } });
    expect(audited.searched.documents).toEqual(before);
    expect([audited.names, dry.planned]).toEqual([done.sort(), { deliver: 1, rewrite: 1, remove: 1 }]);
    const healed = await audited.audit({ isDeep: true, heal: { isDone: true, deletes: false } });
    expect(healed.healed).toEqual({ delivered: 1, removed: 0, failed: [] });
    expect(audited.names).toEqual(done.filter((text) => !text.startsWith("missing")).sort());
  });

  it("names the documents of an object that was removed from the archive", async () => {
    audited = await deliveredEvents(3);
    audited.s3.objects.clear();
    const report = await audited.audit();
    expect(audited.names).toEqual([0, 1, 2].map((n) => `extra ${documentIdOf(n)}`));
    expect(report.counts.hours).toEqual([
      expect.objectContaining({
        hourMs: ARRIVAL - HOUR_MS,
        logGroup: "foo",
        counts: expect.objectContaining({ extra: 3 }),
      }),
    ]);
  });

  it("takes a rejected event for neither missing nor extra", async () => {
    audited = await Audited.start();
    audited.searched.engine.reject = ({ id }) => (id.endsWith("1") ? MAPPING_CONFLICT : undefined);
    await audited.deliver([kinesisEvent(envelope([logEvent(0), logEvent(1), logEvent(2)]))]);
    const report = await audited.audit({ isDeep: true });
    expect([report.isClean, report.counts.sum]).toEqual([
      true,
      expect.objectContaining({ archived: 3, rejected: 1, indexed: 2 }),
    ]);
  });

  it("takes an event that became text, because the index rejected its fields, as it is", async () => {
    audited = await Audited.start();
    audited.searched.engine.reject = ({ document }) => (document.n === 1 ? MAPPING_CONFLICT : undefined);
    await audited.deliver([kinesisEvent(envelope([logEvent(0, '{"n":0}'), logEvent(1, '{"n":1}')]))]);
    expect((await audited.audit({ isDeep: true })).isClean).toBe(true);
  });

  it("does not miss what a search does not find yet", async () => {
    audited = await deliveredEvents(5);
    for (const key of audited.searched.documents.keys()) audited.searched.unrefreshed.add(key);
    const report = await audited.audit();
    expect([report.isClean, report.counts.sum.indexed]).toEqual([true, 5]);
  });

  it("compares any number of ids in parts that fit in memory", async () => {
    audited = await deliveredEvents(60);
    audited.maxIds = 8;
    const done = [3, 30, 59].flatMap((n) => does("delete", n, audited));
    const report = await audited.audit();
    expect(audited.names).toEqual(done.sort());
    expect(report.counts.sum).toMatchObject({ archived: 60, indexed: 57, missing: 3 });
  });

  it("heals more than it can name at a time", async () => {
    audited = await deliveredEvents(20);
    for (let n = 0; n < 20; n++) does("delete", n, audited);
    audited.maxNamed = 6;
    const found = await audited.audit();
    expect([audited.names.length, found.unnamed, found.counts.sum.missing]).toEqual([6, 14, 20]);
    const report = await audited.audit({ heal: { isDone: true, deletes: false } });
    expect([report.isClean, report.healed.delivered]).toEqual([true, 20]);
  });

  it("counts a record once that two objects have after a kill", async () => {
    audited = await deliveredEvents(3);
    const [key, object] = [...audited.s3.objects][0]!;
    audited.s3.put(key.replace(/\d\.gz$/, "9.gz"), object.body);
    const report = await audited.audit();
    expect([report.isClean, report.counts.sum.archived]).toEqual([true, 3]);
  });

  it("looks at one log group alone, also in an index that it shares", async () => {
    audited = await Audited.start();
    await audited.deliver([
      kinesisEvent(envelope([logEvent(0), logEvent(1)]), envelope([logEvent(2)], { logGroup: "bar" })),
    ]);
    const { documents } = audited.searched;
    documents.delete(`${INDEX}/${documentIdOf(1)}`);
    documents.delete(`cwl-bar-2026.11.21/${documentIdOf(2, { logGroup: "bar" })}`);
    await audited.audit({ selection: { fromMs: ARRIVAL - HOUR_MS, toMs: ARRIVAL + HOUR_MS, logGroup: "foo" } });
    expect(audited.names).toEqual([`missing ${documentIdOf(1)}`]);
  });
});

import { HOUR_MS } from "../../core/events/durations";
import { Audited } from "../support/audited";
import { ARRIVAL, documentIdOf, envelope, kinesisEvent, logEvent } from "../support/kinesis";

const INDEX = "cwl-foo-2026.11.21";
const HEAL = { heal: { isDone: true, deletes: true } };
const AROUND = { fromMs: ARRIVAL - HOUR_MS, toMs: ARRIVAL + HOUR_MS };
const LATER = { fromMs: ARRIVAL + 4 * HOUR_MS, toMs: ARRIVAL + 6 * HOUR_MS };

let audited: Audited;
beforeEach(async () => {
  audited = await Audited.start();
});
afterEach(() => audited.s3.stop());

const documents = () => [...audited.searched.documents.keys()].sort();

function moveToLater(n: number): void {
  const key = `${INDEX}/${documentIdOf(n)}`;
  const time = new Date(ARRIVAL + 5 * HOUR_MS).toISOString();
  audited.searched.documents.set(key, { ...audited.searched.documents.get(key)!, "@timestamp": time });
}

describe("an audit that removes documents", () => {
  it("removes none whose event is of a time that is not audited", async () => {
    await audited.deliver([kinesisEvent(envelope([logEvent(1), logEvent(2)]))]);
    moveToLater(1);
    audited.searched.documents.set(`${INDEX}/${documentIdOf(9)}`, {
      ...audited.searched.documents.values().next().value,
    });
    const report = await audited.audit({ ...HEAL, selection: LATER });
    expect(documents()).toEqual([`${INDEX}/${documentIdOf(1)}`, `${INDEX}/${documentIdOf(2)}`]);
    // It stays what it is to these times; an audit of its own writes it again.
    expect([audited.names, report.isClean]).toEqual([[`extra ${documentIdOf(1)}`], false]);
    expect((await audited.audit({ ...HEAL, selection: AROUND })).isClean).toBe(true);
    expect((await audited.audit({ selection: LATER })).isClean).toBe(true);
  });

  it("removes none whose event was archived meanwhile", async () => {
    const { s3, searched } = audited;
    await audited.deliver([kinesisEvent(envelope([logEvent(1)]))]);
    const [key, object] = [...s3.objects][0]!;
    s3.objects.clear();
    searched.meddle = ({ path }) => {
      if (path.includes("_search?scroll")) s3.put(key, object.body);
      return undefined;
    };
    expect((await audited.audit(HEAL)).isClean).toBe(true);
    expect(documents()).toEqual([`${INDEX}/${documentIdOf(1)}`]);
  });

  it("removes none while an object cannot be read that may have its event", async () => {
    await audited.deliver([kinesisEvent(envelope([logEvent(1)]))]);
    moveToLater(1);
    audited.s3.put("archive/2026/11/21/03/bar/shardId-000000000000-1.gz", Buffer.from("no gzip"));
    for (const key of audited.s3.objects.keys()) if (key.includes("/foo/")) audited.s3.objects.delete(key);
    await audited.audit({ ...HEAL, selection: { ...LATER, logGroup: "foo" } });
    expect(documents()).toHaveLength(1);
  });

  it("takes an event of a centralized log group for none of the log group that it came from", async () => {
    const extractedFields = { "@aws.account": "333333333333", "@source.log": "source", "@aws.region": "eu-west-1" };
    const events = [{ ...logEvent(1), extractedFields }, logEvent(2)];
    await audited.deliver([kinesisEvent(envelope(events, { logGroup: "central" }))]);
    const before = documents();
    for (const logGroup of ["source", "central"]) {
      const report = await audited.audit({ ...HEAL, selection: { ...AROUND, logGroup } });
      expect([logGroup, audited.names, report.isClean]).toEqual([logGroup, [], true]);
    }
    expect(documents()).toEqual(before);
  });

  it("takes a copy that the engine returns twice for no other one", async () => {
    await audited.deliver([kinesisEvent(envelope([logEvent(1)]))]);
    const hit = { _index: INDEX, _id: documentIdOf(1), _seq_no: 7, _primary_term: 1 };
    const twice = {
      _scroll_id: "s",
      hits: { total: { value: 2 }, hits: [hit, hit] },
      _shards: { total: 1, failed: 0 },
    };
    audited.searched.meddle = ({ path, body }) =>
      path.includes("scroll=") || body.includes('"ids"') ? { status: 200, body: JSON.stringify(twice) } : undefined;
    expect((await audited.audit(HEAL)).isClean).toBe(true);
    expect(documents()).toHaveLength(1);
  });
});

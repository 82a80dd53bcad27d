import type { KinesisStreamEvent } from "aws-lambda";
import { Audited } from "../support/audited";
import { compactBeside } from "../support/compacted";
import { documentIdOf, envelope, kinesisStreamRecord, logEvent } from "../support/kinesis";

const INDEX = "cwl-foo-2026.11.21";

/** One batch of two events, which becomes an object. */
const batch = (n: number): KinesisStreamEvent => ({
  Records: [kinesisStreamRecord(n, envelope([logEvent(2 * n), logEvent(2 * n + 1)]))],
});

describe("an audit of compacted objects", () => {
  let audited: Audited;
  beforeEach(async () => {
    audited = await Audited.start();
  });
  afterEach(() => audited.s3.stop());

  const kept = () => [...audited.s3.objects.keys()].map((key) => key.split("/").at(-1)!.split("-")[0]).sort();

  /** Three originals become one; a fourth comes late, and one of the three is written once more. */
  const states: Record<string, (originals: readonly string[]) => Promise<void>> = {
    "beside all originals": async () => {},
    "beside some originals": async ([first]) => void audited.s3.objects.delete(first!),
    "without originals": async (originals) => {
      for (const key of originals) audited.s3.objects.delete(key);
    },
    "beside late ones": async (originals) => {
      for (const key of originals) audited.s3.objects.delete(key);
      await audited.deliver([batch(1), batch(3)]);
    },
  };

  it.each(Object.keys(states))("finds what is wrong with the index, and heals it, %s", async (name) => {
    await audited.deliver([batch(0), batch(1), batch(2)]);
    await states[name]!(await compactBeside(audited.s3));
    expect(kept()).toContain("compacted");
    const archived = name === "beside late ones" ? 8 : 6;
    const clean = await audited.audit({ isDeep: true });
    expect([audited.names, clean.isClean, clean.counts.sum]).toEqual([
      [],
      true,
      expect.objectContaining({ archived, indexed: archived }),
    ]);
    const { documents } = audited.searched;
    documents.delete(`${INDEX}/${documentIdOf(1)}`);
    documents.set(`${INDEX}/${documentIdOf(2)}`, { ...documents.get(`${INDEX}/${documentIdOf(2)}`), altered: 1 });
    documents.set(`${INDEX}/${documentIdOf(99)}`, documents.get(`${INDEX}/${documentIdOf(0)}`)!);
    await audited.audit({ isDeep: true });
    expect(audited.names).toEqual([
      `altered ${documentIdOf(2)}`,
      `extra ${documentIdOf(99)}`,
      `missing ${documentIdOf(1)}`,
    ]);
    const healed = await audited.audit({ isDeep: true, heal: { isDone: true, deletes: true } });
    expect([audited.names, healed.isClean, healed.healed]).toEqual([
      [],
      true,
      { delivered: 2, removed: 2, failed: [] },
    ]);
  });
});

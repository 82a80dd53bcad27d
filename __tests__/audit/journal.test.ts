import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOUR_MS } from "../../core/events/durations";
import { Audited } from "../support/audited";
import { ARRIVAL, documentIdOf, envelope, kinesisEvent, logEvent } from "../support/kinesis";

const HOURS = 4;
const selection = { fromMs: ARRIVAL - (HOURS - 1) * HOUR_MS, toMs: ARRIVAL + HOUR_MS };
const ARGS = { selection, lateHours: HOURS };

/** Two of each hour. */
const EVENTS = Array.from({ length: 2 * HOURS }, (_, n) =>
  logEvent(n, "a", selection.fromMs + Math.floor(n / 2) * HOUR_MS),
);
const MISSING = [1, 3, 6];

describe("an audit's journal", () => {
  let audited: Audited;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "audit-journal-"));
    audited = await Audited.start();
    await audited.deliver([kinesisEvent(envelope(EVENTS))]);
    for (const n of MISSING) audited.searched.documents.delete(`cwl-foo-2026.11.21/${documentIdOf(n)}`);
    // An hour for each unit.
    audited.maxIds = 3;
    audited.folder = folder;
  });
  afterEach(async () => {
    await audited.s3.stop();
    rmSync(folder, { recursive: true });
  });

  const path = () => {
    const [name] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".jsonl"));
    return join(folder, name!);
  };

  async function reported() {
    const { counts, planned, stopped, unseen } = await audited.audit(ARGS);
    return { names: audited.names, hours: counts.hours, planned, stopped, unseen };
  }

  it("lets the next run report what one whole run does, wherever the first is interrupted", async () => {
    const whole = await reported();
    expect(whole.names).toEqual(MISSING.map((n) => `missing ${documentIdOf(n)}`));
    const calls = audited.searched.calls.length;
    let resumed = 0;
    for (let at = 4; at < calls; at += 9) {
      rmSync(folder, { recursive: true });
      audited.interruptedAt = at;
      expect((await reported()).stopped).toBe("The audit was interrupted.");
      audited.interruptedAt = Number.POSITIVE_INFINITY;
      const before = audited.searched.calls.length;
      expect(await reported()).toEqual(whole);
      if (audited.searched.calls.length - before < calls) resumed++;
    }
    expect(resumed).toBeGreaterThan(2);
  }, 120_000);

  it("goes on after a line that was cut off", async () => {
    const whole = await reported();
    const lines = readFileSync(path(), "utf8").split("\n");
    writeFileSync(path(), `${lines[0]}\n${lines[1]!.slice(0, 40)}`);
    expect(await reported()).toEqual(whole);
  });

  it.each([
    ["{", "is no JSON"],
    ["7", "is no unit of hours"],
    ['{"unit":{"fromMs":0,"toMs":1,"part":1,"parts":1}}', "is no unit of hours"],
    ['{"unit":{"fromMs":0,"toMs":1,"part":0,"parts":1}}', "has hours that the audit does not"],
    [
      JSON.stringify({ unit: { ...selection, part: 0, parts: 1 }, outcome: { hours: [{}] } }),
      "has no findings that an audit can have",
    ],
  ])("rejects a line that it has not written: %s", async (line, reason) => {
    await reported();
    writeFileSync(path(), "");
    appendFileSync(path(), `${line}\n`);
    await expect(reported()).rejects.toThrow(
      `${path()} is no journal of this audit: line 1 ${reason}. Remove the file to start over.`,
    );
  });

  it("is another for other arguments, and the same for both forms of the report", async () => {
    await audited.audit({ ...ARGS, isJson: true });
    await audited.audit(ARGS);
    const count = () => readdirSync(join(folder, ".local", "audit")).length;
    expect(count()).toBe(1);
    await audited.audit({ ...ARGS, isDeep: true });
    expect(count()).toBe(2);
  });

  it("leaves a unit of which an object cannot be read to the next run", async () => {
    audited.maxIds = 1000;
    const [key, object] = [...audited.s3.objects][0]!;
    audited.s3.put(key, object.body.subarray(0, 40));
    expect((await audited.audit(ARGS)).unread).toHaveLength(1);
    audited.s3.put(key, object.body);
    expect((await audited.audit(ARGS)).unread).toEqual([]);
    expect(audited.names).toHaveLength(3);
  });
});

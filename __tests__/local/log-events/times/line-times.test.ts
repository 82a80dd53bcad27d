import fc from "fast-check";
import { LineTimes } from "../../../../local/log-events/times/line-times";
import { timesNote } from "../../../../local/log-events/times/note";

/** 2026-11-26T12:00:00.000Z */
const NOW = 1_795_694_400_000;
const DAY = 86_400_000;
const at = (ms: number) => new Date(ms).toISOString();

function read(lines: readonly string[], field?: string) {
  const times = new LineTimes(field);
  const all = lines.map((line) => times.next(line, NOW));
  return { all, counts: times.counts, note: timesNote(times.counts, field) };
}

describe("LineTimes", () => {
  it("gives a line without a time that of the last earlier line with one, or else the time of the put", () => {
    const { all } = read([
      "#Version: 1.0",
      `${at(NOW - 5)} failed`,
      "  at pay()",
      "  at main()",
      `${at(NOW - 3)} next`,
    ]);
    expect(all).toEqual([NOW, NOW - 5, NOW - 5, NOW - 5, NOW - 3]);
  });

  it("gives lines that are too old or too far in the future the time of the put, with those that continue them", () => {
    const { all, counts } = read([
      `${at(NOW - 15 * DAY)} a`,
      "  at b",
      `${at(NOW + DAY)} c`,
      `${at(NOW + 7_000_000)} d`,
    ]);
    expect(all).toEqual([NOW, NOW, NOW, NOW + 7_000_000]);
    expect(counts).toMatchObject({ own: 1, inherited: 0, tooOld: 2, tooNew: 1, none: 0 });
  });

  it("leaves a minute for the call", () => {
    const { all } = read([`${at(NOW - 14 * DAY + 59_000)} a`, `${at(NOW - 14 * DAY + 61_000)} b`]);
    expect(all).toEqual([NOW, NOW - 14 * DAY + 61_000]);
  });

  it("reads a field of JSON lines, and the start of others", () => {
    const line = JSON.stringify({ t: at(NOW - 7) });
    expect(read([line, `${at(NOW - 6)} b`, "{}"], "t").all).toEqual([NOW - 7, NOW - 6, NOW - 6]);
    expect(read([line]).all).toEqual([NOW]);
  });

  it("gives only times that CloudWatch Logs accepts, and counts each line once", () => {
    const line = fc.oneof(
      fc.string(),
      fc.integer({ min: NOW - 20 * DAY, max: NOW + DAY }).map((ms) => `${at(ms)} a`),
      fc.integer({ min: NOW - 20 * DAY, max: NOW + DAY }).map((ms) => JSON.stringify({ time: ms })),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { all, counts } = read(lines, "time");
        for (const time of all) {
          expect(time).toBeGreaterThan(NOW - 14 * DAY);
          expect(time).toBeLessThanOrEqual(NOW + 7_200_000);
        }
        expect(counts.own + counts.tooOld + counts.tooNew + counts.none).toBe(lines.length);
      }),
    );
  });
});

describe("timesNote", () => {
  const [own, old, text] = [`${at(NOW - 5)} a`, `${at(NOW - 15 * DAY)} a`, "text"];
  it.each([
    [[own, own], "All lines keep their own time."],
    [[own, text], "All lines keep their own time (1 without a time takes that of an earlier line)."],
    [[text, text], "All lines get the time of the put: none begins with a recognized time."],
    [
      ["{}"],
      "All lines get the time of the put: none begins with a recognized time. --time-field names the field of JSON lines that contains their time.",
    ],
    [
      [own, own, old],
      "2 of 3 lines keep their own time; 1 is older than 14 days, which CloudWatch Logs does not accept: they get the time of the put.",
    ],
    [
      [text, own, `${at(NOW + DAY)} a`],
      "1 of 3 lines keeps its own time; 1 is more than 2 hours in the future, which CloudWatch Logs does not accept; 1 has no time: they get the time of the put.",
    ],
    [["2026-11-26 10:00:00 a"], "All lines keep their own time. Times without an offset are read as UTC."],
  ])("describes %j: %s", (lines, note) => {
    expect(read(lines).note).toBe(note);
  });
});

import fc from "fast-check";
import { putSearchQuery } from "../../../../local/page/browser/put/put-search-query";
import { afterText, putSummary } from "../../../../local/page/browser/put/put-summary";
import { type PagePut, PUT_STATIONS, type PutStation, type PutStationName } from "../../../../local/page/shared/put";
import { viewOfQuery } from "../../../../local/page/shared/search-view";

type Arrived = Omit<PutStation, "name">;
const at = (count: number, lastMs?: number): Arrived =>
  lastMs === undefined ? { count } : { count, firstMs: 100, lastMs };

function put(phase: PagePut["phase"], lines: number, more: Partial<PagePut> = {}): PagePut {
  const none = at(0);
  return {
    ...{ id: 1, target: { kind: "log group", name: "foo" }, phase, lines, elapsedMs: 3_100 },
    ...{ rejected: 0, reasons: [], deadLettered: 0, first: [], notes: [] },
    stations: PUT_STATIONS["log group"].map((name) => ({ name, ...none })),
    ...more,
  };
}
const stations = (index: Arrived, archive: Arrived): PagePut["stations"] => {
  const arrived: Partial<Record<PutStationName, Arrived>> = { put: at(1_500, 90), index, archive };
  return put("over", 1).stations.map((station) => ({ ...station, ...arrived[station.name] }));
};
const good = { lost: 0, duplicated: 0 };

describe("putSummary", () => {
  it.each([
    [put("receiving", 0, { received: { bytes: 1_250_000, of: 9_900_000 } }), "busy", "Received 1.3 MB of 9.9 MB"],
    [put("receiving", 0, { received: { bytes: 5, of: 5 } }), "busy", "Lines are checked"],
    [put("waiting", 2_000), "busy", "2,000 lines waiting for those before"],
    [put("putting", 2_000, { stations: stations(at(0), at(0)) }), "busy", "Put 1,500 of 2,000 lines"],
    [put("travelling", 1), "busy", "In flight for 3.1 s"],
    [
      put("travelling", 2_000, { stations: stations(at(5, 900), at(0)) }),
      ...["busy", "5 of 2,000 lines searchable after 3.1 s"],
    ],
    [
      put("checking", 1, { stations: stations(at(1, 2_100), at(1, 2_600)) }),
      ...["busy", "1 line searchable after 2.1 s, archived after 2.6 s. Each is looked for once more, by its id"],
    ],
    [put("checking", 2), "busy", "Nothing has arrived for 60 s. Each is looked for once more, by its id"],
    [
      put("over", 1, { stations: stations(at(1, 2_100), at(1, 2_600)), outcome: good }),
      ...["good", "1 line searchable after 2.1 s, archived after 2.6 s: 0 lost, 0 duplicated"],
    ],
    [
      put("over", 3, { stations: stations(at(2, 2_100), at(3, 2_600)), outcome: good, rejected: 1 }),
      ...["bad", "3 lines 2 searchable after 2.1 s, archived after 2.6 s: 0 lost, 0 duplicated, 1 in quarantine"],
    ],
    [
      put("over", 2, { stations: stations(at(0), at(2, 900)), outcome: { lost: 2, duplicated: 0 } }),
      ...["bad", "2 lines none searchable, archived after 0.9 s: 2 lost, 0 duplicated"],
    ],
    [put("over", 0, { error: "no" }), "bad", "Nothing was put"],
  ])("%#: %j", (one, kind, text) => {
    expect(putSummary(one as PagePut)).toEqual({ kind, text });
  });

  it("says when lines have arrived", () => {
    expect([at(0), at(1, 120), at(2, 90_000)].map(afterText)).toEqual(["", "after 0.1 s", "after 0.1 s to 1 min 30 s"]);
  });
});

describe("putSearchQuery", () => {
  it("leads to the log group, the log stream and the times of the put, whatever their names are", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 });
    const ms = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(name, name, ms, (logGroup, logStream, from) => {
        const target = { kind: "log group", name: logGroup } as const;
        const mark = { field: "aws.cloudwatch.log_stream", value: logStream };
        const view = viewOfQuery(putSearchQuery({ target, mark, period: { from, to: from + 1 } }));
        expect(view).toMatchObject({
          ...{ from: new Date(from).toISOString(), to: new Date(from + 1).toISOString(), groups: [logGroup] },
          filters: [{ field: "aws.cloudwatch.log_stream", value: logStream, isExcluded: false }],
        });
      }),
    );
  });
});

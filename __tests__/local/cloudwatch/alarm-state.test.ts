import fc from "fast-check";
import {
  type AlarmCondition,
  alarmState,
  type Datapoint,
  evaluationRange,
} from "../../../local/cloudwatch/alarm-state";

const above0 = (evaluationPeriods: number, datapointsToAlarm: number, missing: string): AlarmCondition => ({
  ...{ comparison: "GreaterThanThreshold", threshold: 0 },
  ...{ evaluationPeriods, datapointsToAlarm, missing },
});

/** As CloudWatch's guide writes them: 0 is within the threshold, X breaching, - missing. */
const datapointsOf = (text: string): Datapoint[] =>
  text.split(" ").map((sign) => ({ 0: 0, X: 1, "-": undefined })[sign as "0" | "X" | "-"]);

const RETAINED = "retained" as const;

/** The tables of "Configuring how CloudWatch alarms treat missing data", of 3 periods: missing, ignore, breaching, not breaching. */
const TABLE: readonly [toAlarm: number, datapoints: string, ...states: string[]][] = [
  [3, "0 - X - X", "OK", "OK", "OK", "OK"],
  [3, "0 - - - -", "OK", "OK", "OK", "OK"],
  [3, "- - - - -", "INSUFFICIENT_DATA", RETAINED, "ALARM", "OK"],
  [3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [3, "- - X - -", "ALARM", RETAINED, "ALARM", "OK"],
  [3, "- - - X -", "INSUFFICIENT_DATA", RETAINED, "ALARM", "OK"],
  [3, "- - - - X", "INSUFFICIENT_DATA", RETAINED, "ALARM", "OK"],
  [2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  [2, "0 - X - -", "OK", "OK", "ALARM", "OK"],
  [2, "- - - - 0", "OK", "OK", "ALARM", "OK"],
  [2, "- - - X -", "ALARM", RETAINED, "ALARM", "OK"],
];

describe("the state of an alarm", () => {
  it.each(TABLE)("is as CloudWatch's guide says: %i of 3 periods, %s", (toAlarm, text, ...states) => {
    const given = ["missing", "ignore", "breaching", "notBreaching"];
    for (const current of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const) {
      const found = given.map((missing) => alarmState(above0(3, toAlarm, missing), datapointsOf(text), current));
      expect(found).toEqual(states.map((state) => (state === RETAINED ? current : state)));
    }
  });

  const anyCondition = fc
    .record({
      evaluationPeriods: fc.integer({ min: 1, max: 8 }),
      share: fc.integer({ min: 0, max: 7 }),
      missing: fc.constantFrom("missing", "ignore", "breaching", "notBreaching"),
    })
    .map(({ evaluationPeriods, share, missing }) =>
      above0(evaluationPeriods, (share % evaluationPeriods) + 1, missing),
    );
  const anyDatapoints = (condition: AlarmCondition, datapoint: fc.Arbitrary<Datapoint>) =>
    fc.array(datapoint, { minLength: evaluationRange(condition), maxLength: evaluationRange(condition) });
  const withDatapoints = (datapoint: fc.Arbitrary<Datapoint>) =>
    anyCondition.chain((condition) => fc.tuple(fc.constant(condition), anyDatapoints(condition, datapoint)));

  it("is ALARM if and only if enough of the latest periods breach, where none is missing", () => {
    fc.assert(
      fc.property(withDatapoints(fc.constantFrom(0, 1)), ([condition, datapoints]) => {
        const breaching = datapoints.slice(-condition.evaluationPeriods).filter((value) => value === 1).length;
        expect(alarmState(condition, datapoints, "OK")).toBe(breaching >= condition.datapointsToAlarm ? "ALARM" : "OK");
      }),
    );
  });

  it("is never better after a worse period", () => {
    const rank = { OK: 0, INSUFFICIENT_DATA: 1, ALARM: 2 };
    fc.assert(
      fc.property(withDatapoints(fc.constantFrom(0, 1)), fc.nat(), ([condition, datapoints], n) => {
        const worse = datapoints.with(n % datapoints.length, 1);
        expect(rank[alarmState(condition, worse, "OK")]).toBeGreaterThanOrEqual(
          rank[alarmState(condition, datapoints, "OK")],
        );
      }),
    );
  });

  it("lacks data only where missing data is missing, and no period that is there is within the threshold", () => {
    fc.assert(
      fc.property(withDatapoints(fc.constantFrom(0, 1, undefined)), ([condition, datapoints]) => {
        if (alarmState(condition, datapoints, "OK") !== "INSUFFICIENT_DATA") return;
        expect(condition.missing).toBe("missing");
        expect(datapoints).not.toContain(0);
      }),
    );
  });

  it("rejects a comparison with a band of anomalies", () => {
    const condition = { ...above0(1, 1, "missing"), comparison: "LessThanLowerThreshold" as const };
    expect(() => alarmState(condition, [0], "OK")).toThrow("LessThanLowerThreshold is not supported");
  });
});

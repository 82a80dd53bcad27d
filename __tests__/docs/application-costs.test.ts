import {
  applicationCostsTable,
  firehose,
  firehoseUnrounded,
  type MonthlyLines,
  onDemand,
  provisioned,
  shards,
} from "../../docs/tables/application-costs";

/** 114.44 GiB a month in lines of 2 KB. */
const month = (linesPerRecord: number): MonthlyLines => ({ lines: 60e6, lineBytes: 2048, linesPerRecord });
const times20 = (one: MonthlyLines): MonthlyLines => ({ ...one, lines: 20 * one.lines });

describe("the costs of applications' lines", () => {
  it("are those of Serverless structured logging, which rounds no record", () => {
    expect(firehoseUnrounded(month(1)).toFixed(2)).toBe("4.11");
    expect(firehoseUnrounded(times20(month(1))).toFixed(1)).toBe("82.2");
  });

  it("have each record rounded up to 5 KB by Firehose", () => {
    // 286.10 GiB instead of 114.44, and a month of 34.33 GiB in S3.
    expect(firehose(month(1))).toBeCloseTo(286.1023 * 0.029 + 34.3323 * 0.023, 3);
    expect(firehose(month(12))).toBeCloseTo(119.2093 * 0.029 + 34.3323 * 0.023, 3);
    expect(firehose(month(1)) / firehose(month(12))).toBeGreaterThan(2);
  });

  it("have a payload unit of Kinesis for each 25 KB of a record", () => {
    const fixed = 0.015 * 730 + 34.3323 * 0.023;
    expect(provisioned(month(1)) - fixed).toBeCloseTo(60 * 0.014, 3);
    expect(provisioned(month(12)) - fixed).toBeCloseTo(5 * 0.014, 3);
    expect(provisioned({ lines: 1e6, lineBytes: 30_000, linesPerRecord: 1 })).toBeGreaterThan(0.015 * 730 + 2 * 0.014);
  });

  it("have shards for the bytes and the records of twice the mean", () => {
    expect([shards(month(1)), shards(times20(month(12)))]).toEqual([1, 2]);
    expect(shards({ lines: 1000 * 730 * 3600, lineBytes: 10, linesPerRecord: 1 })).toBe(2);
    expect(shards({ lines: 1000 * 730 * 3600, lineBytes: 10, linesPerRecord: 100 })).toBe(1);
  });

  it("have the hours of an on-demand stream, and its records rounded up to 1 KB", () => {
    const short: MonthlyLines = { lines: 2 ** 20, lineBytes: 100, linesPerRecord: 1 };
    const bytes = 2 ** 20 * 100;
    const gibibytes = bytes / 2 ** 30;
    expect(onDemand(short)).toBeCloseTo(0.04 * 730 + 0.08 + gibibytes * 0.04 + gibibytes * 0.3 * 0.023, 6);
  });

  it("are nothing while nobody writes to a Firehose", () => {
    const idle = applicationCostsTable()
      .split("\n")
      .filter((row) => row.startsWith("| Firehose"))
      .map((row) => row.split("|")[3]!.trim());
    expect(idle).toEqual(["$0.00", "$0.00", "$0.00"]);
  });
});

import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { OBJECT_COMPRESSIONS } from "../../../local/firehose/compression";
import { rotatedIndex } from "../../../local/firehose/index-name";
import { formatJavaTime } from "../../../local/firehose/java-time";
import { errorKey, objectKey } from "../../../local/firehose/object-key";

const at = (time: string) => ({ deliveryStream: "logs", version: "3", oldest: Date.parse(time), extension: ".gz" });

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

/** The evaluated prefix; the rest must be a suffix of the documented form. */
function prefixIn(key: string, time: string): string {
  const match = new RegExp(`^(.*)logs-3-${time}-${UUID}\\.gz$`).exec(key);
  expect(match).not.toBeNull();
  return match![1]!;
}

describe("objectKey", () => {
  const parts = at("2018-08-27T10:30:05Z");
  const evaluated = (prefix: string) => prefixIn(objectKey(prefix, parts), "2018-08-27-10-30-05");

  // Firehose Developer Guide, "Custom prefixes for Amazon S3 objects": its examples.
  it.each([
    ["", "2018/08/27/10/"],
    ["raw/", "raw/2018/08/27/10/"],
    [
      "myPrefix/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
      "myPrefix/year=2018/month=08/day=27/hour=10/",
    ],
    ["!{timestamp:'year='yyyy'/month='MM}/", "year=2018/month=08/"],
  ])("evaluates the prefix %s to %s", (prefix, expected) => {
    expect(evaluated(prefix)).toBe(expected);
  });

  it("gives each expression of a random string 11 characters of its own", () => {
    const [, first, second] = /^(.{11})\/(.{11})\/2018\/$/.exec(
      evaluated("!{firehose:random-string}/!{firehose:random-string}/!{timestamp:yyyy}/"),
    )!;
    expect(first).not.toBe(second);
  });

  it.each(["!{firehose:error-output-type}/", "!{partitionKeyFromQuery:a}/", "!{timestamp:yyyy-qq}/"])(
    "throws for %s, naming what it does not know",
    (prefix) => expect(() => objectKey(prefix, parts)).toThrow(/does not know/),
  );
});

describe("errorKey", () => {
  const parts = at("2019-11-29T09:30:00Z");
  const evaluated = (prefix: string, errorPrefix: string | undefined) =>
    prefixIn(errorKey({ prefix, errorPrefix }, "processing-failed", parts), "2019-11-29-09-30-00");

  it("puts the type between the prefix and the hour, without a prefix for errors", () => {
    expect(evaluated("", undefined)).toBe("processing-failed/2019/11/29/09/");
    expect(evaluated("raw/", undefined)).toBe("raw/processing-failed/2019/11/29/09/");
  });

  it("evaluates a prefix for errors as it is, without adding the hour", () => {
    expect(evaluated("raw/", "failures/!{firehose:error-output-type}/")).toBe("failures/processing-failed/");
    expect(evaluated("", "e/!{timestamp:'year='yyyy'/month='MM}/!{firehose:error-output-type}")).toBe(
      "e/year=2019/month=11/processing-failed",
    );
  });
});

describe("formatJavaTime", () => {
  // By Java 17: DateTimeFormatter.ofPattern(pattern, Locale.US), 2024-03-05T16:07:09.080Z.
  it.each([
    ["yy/M/d H:m:s", "24/3/5 16:7:9"],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", "2024-03-05T16:07:09.080"],
    ["EEE d MMM, hh a", "Tue 5 Mar, 04 PM"],
    ["EEEE MMMM DDD", "Tuesday March 065"],
    ["'o''clock' ''", "o'clock '"],
    ["S SS SSSS", "0 08 0800"],
  ])("formats %s as Java does", (pattern, expected) => {
    expect(formatJavaTime(pattern, new Date("2024-03-05T16:07:09.080Z"))).toBe(expected);
  });
});

describe("rotatedIndex", () => {
  // Firehose Developer Guide, "Configure index rotation": its table, and its note for weeks.
  it.each([
    ["NoRotation", "2016-02-25T13:00:00Z", "myindex"],
    ["OneHour", "2016-02-25T13:00:00Z", "myindex-2016-02-25-13"],
    ["OneDay", "2016-02-25T13:00:00Z", "myindex-2016-02-25"],
    ["OneMonth", "2016-02-25T13:00:00Z", "myindex-2016-02"],
    // 2 January 2016 is a Saturday, so that it is in the first week, which began in 2015.
    ["OneWeek", "2015-12-27T00:00:00Z", "myindex-2016-w01"],
    ["OneWeek", "2016-01-02T23:59:59Z", "myindex-2016-w01"],
    ["OneWeek", "2016-01-03T00:00:00Z", "myindex-2016-w02"],
    ["OneWeek", "2016-12-31T23:59:59Z", "myindex-2016-w53"],
  ] as const)("rotates by %s: %s is in %s", (rotation, time, index) => {
    expect(rotatedIndex("myindex", rotation, Date.parse(time))).toBe(index);
  });
});

describe("OBJECT_COMPRESSIONS", () => {
  it("writes what gunzip and unzip read", () => {
    const data = Buffer.from("a\nb\n");
    expect(gunzipSync(OBJECT_COMPRESSIONS.GZIP.compress(data))).toEqual(data);
    expect(Object.values(unzipSync(Uint8Array.from(OBJECT_COMPRESSIONS.ZIP.compress(data)))).map(String)).toEqual([
      String(Uint8Array.from(data)),
    ]);
    expect(OBJECT_COMPRESSIONS.UNCOMPRESSED.compress(data)).toEqual(data);
  });
});

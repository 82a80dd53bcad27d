import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { TIME_FORMATS, timeAtStart } from "../../../../local/log-events/times/line-start";
import { repositoryRoot } from "../../../../tools/repository";

/** 2026-11-26T12:00:00.000Z */
const NOW = 1_795_694_400_000;
const DAY = 86_400_000;
const iso = (line: string, now = NOW) => {
  const own = timeAtStart(line, now);
  return own && new Date(own.ms).toISOString();
};

describe("timeAtStart", () => {
  it.each([
    ["2026-11-26T10:00:00Z started", "2026-11-26T10:00:00.000Z"],
    ["2026-11-26T10:00:00.123456789Z started", "2026-11-26T10:00:00.123Z"],
    ["2026-11-26 10:00:00,123 INFO started", "2026-11-26T10:00:00.123Z"],
    ["2026-11-26T10:00:00+01:00 started", "2026-11-26T09:00:00.000Z"],
    ["2026-11-26 10:00:00.5-0530 started", "2026-11-26T15:30:00.500Z"],
    ["2026-11-26 10:00:00+02 started", "2026-11-26T08:00:00.000Z"],
    ["2026-11-26 10:00:00 +0200 started", "2026-11-26T08:00:00.000Z"],
    ["2026-11-26 10:00:00.123 UTC [42] LOG: started", "2026-11-26T10:00:00.123Z"],
    ["2026-11-26 10:00 started", "2026-11-26T10:00:00.000Z"],
    ["[2026-11-26T10:00:00.123Z] started", "2026-11-26T10:00:00.123Z"],
    ["[2026-11-26 10:00:00] started", "2026-11-26T10:00:00.000Z"],
    ["2026-11-26T10:00:00", "2026-11-26T10:00:00.000Z"],
    ["2026-11-26T10:00:00Z\tid\tINFO\tstarted", "2026-11-26T10:00:00.000Z"],
    ["2026-11-26\t10:00:00\tFRA60-P1\t1234\t192.0.2.1", "2026-11-26T10:00:00.000Z"],
    ["2026/11/26 10:00:00 [error] 1#1: *1 open() failed", "2026-11-26T10:00:00.000Z"],
    ["2026/11/26 10:00:00.123456 main.go:1: started", "2026-11-26T10:00:00.123Z"],
    ["26/Nov/2026:10:00:00 +0100 GET /", "2026-11-26T09:00:00.000Z"],
    ["[26/Nov/2026:10:00:00 +0000] GET /", "2026-11-26T10:00:00.000Z"],
    ['192.0.2.1 - alice [26/Nov/2026:10:00:00 -0500] "GET / HTTP/1.1" 200 13', "2026-11-26T15:00:00.000Z"],
    ['example.com:443 192.0.2.1 - - [26/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1"', "2026-11-26T10:00:00.000Z"],
    ["79a59d example-bucket [26/Nov/2026:10:00:00 +0000] 192.0.2.1 REST.GET", "2026-11-26T10:00:00.000Z"],
    ["Nov 26 10:00:00 host sshd[42]: started", "2026-11-26T10:00:00.000Z"],
    ["Nov  6 10:00:00 host sshd[42]: started", "2026-11-06T10:00:00.000Z"],
    ["<34>Nov 26 10:00:00 host su: failed", "2026-11-26T10:00:00.000Z"],
    ["1795687200 started", "2026-11-26T10:00:00.000Z"],
    ["1795687200.123    5 192.0.2.1 TCP_MISS/200", "2026-11-26T10:00:00.123Z"],
    ["1795687200123,started", "2026-11-26T10:00:00.123Z"],
    ["[1795687200] started", "2026-11-26T10:00:00.000Z"],
  ])("reads %j", (line, expected) => {
    expect(iso(line)).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["no time", "started"],
    ["a time elsewhere", "started at 2026-11-26T10:00:00Z"],
    ["a time after spaces, as in what continues a line", "    2026-11-26T10:00:00Z"],
    ["JSON", '{"time":"2026-11-26T10:00:00Z"}'],
    ["30 February", "2026-02-30T10:00:00Z"],
    ["29 February in a year that has none", "2026-02-29 10:00:00"],
    ["month 13", "2026-13-01 10:00:00"],
    ["hour 25", "2026-11-26T25:00:00Z"],
    ["minute 60", "26/Nov/2026:10:60:00 +0000"],
    ["second 61", "Nov 26 10:00:61 host"],
    ["31 November", "Nov 31 10:00:00 host"],
    ["an offset of 99 hours", "2026-11-26T10:00:00+99:00"],
    ["a date alone", "2026-11-26 started"],
    ["different separators", "2026-11/26 10:00:00"],
    ["a longer number", "2026-11-26T10:00:000"],
    ["a number that is no time of late", "1000000000 orders"],
    ["a number of 10 digits within a longer word", "1795687200abc"],
    ["a version", "1.2.3 started"],
  ])("finds no time in %s", (_, line) => {
    expect(timeAtStart(line, NOW)).toBeUndefined();
  });

  it("does not read the following text as a zone", () => {
    expect(iso("2026-11-26 10:00:00 Zebra")).toBe("2026-11-26T10:00:00.000Z");
    expect(iso("2026-11-26 10:00:00 -12 degrees")).toBe("2026-11-26T10:00:00.000Z");
    expect(iso("2026-11-26 10:00:00-started")).toBe("2026-11-26T10:00:00.000Z");
  });

  it("reports times without a zone, which are read as UTC", () => {
    expect(timeAtStart("2026-11-26 10:00:00", NOW)).toMatchObject({ isZoned: false });
    expect(timeAtStart("2026-11-26 10:00:00Z", NOW)).toMatchObject({ isZoned: true });
    expect(timeAtStart("Nov 26 10:00:00 host", NOW)).toMatchObject({ isZoned: false });
  });

  it("assumes for a time without a year the latest year that CloudWatch Logs accepts, up to 2 hours in the future", () => {
    expect(iso("Nov 26 14:00:00 host")).toBe("2026-11-26T14:00:00.000Z");
    expect(iso("Nov 26 14:00:01 host")).toBe("2025-11-26T14:00:01.000Z");
    expect(iso("Dec 31 23:59:00 host", Date.parse("2026-01-01T00:01:00Z"))).toBe("2025-12-31T23:59:00.000Z");
    expect(iso("Jan  1 00:01:00 host", Date.parse("2026-12-31T23:59:00Z"))).toBe("2027-01-01T00:01:00.000Z");
    expect(iso("Feb 29 10:00:00 host", Date.parse("2103-01-01T00:00:00Z"))).toBe("2096-02-29T10:00:00.000Z");
  });

  it("reads only the beginning of long lines without a time", () => {
    expect(timeAtStart("x".repeat(1_000_000), NOW)).toBeUndefined();
    expect(timeAtStart("x ".repeat(500_000), NOW)).toBeUndefined();
  });

  const time = fc.integer({ min: NOW - 13 * DAY, max: NOW });
  const rest = fc.string().map((text) => ` ${text}`);

  it("reads every time as it was written", () => {
    fc.assert(
      fc.property(time, rest, (ms, text) => {
        const at = new Date(ms).toISOString();
        const second = Math.floor(ms / 1000) * 1000;
        const syslog = new Date(ms).toUTCString().replace(/^\w+, (\d\d) (\w+) \d{4} (\S+) GMT$/, "$2 $1 $3");
        const clf = new Date(ms).toUTCString().replace(/^\w+, (\d\d) (\w+) (\d{4}) (\S+) GMT$/, "$1/$2/$3:$4 +0000");
        expect(timeAtStart(`${at} -${text}`, NOW)?.ms).toBe(ms);
        expect(timeAtStart(`[${at}]${text}`, NOW)?.ms).toBe(ms);
        expect(timeAtStart(`${at.replace("T", " ").replace("Z", "")} -${text}`, NOW)?.ms).toBe(ms);
        expect(timeAtStart(`${at.slice(0, 19).replaceAll("-", "/").replace("T", " ")} -${text}`, NOW)?.ms).toBe(second);
        expect(timeAtStart(`${syslog}${text}`, NOW)?.ms).toBe(second);
        expect(timeAtStart(`192.0.2.1 - - [${clf}]${text}`, NOW)?.ms).toBe(second);
        expect(timeAtStart(`${ms}${text}`, NOW)?.ms).toBe(ms);
        expect(timeAtStart(`${ms / 1000}${text}`, NOW)?.ms).toBe(ms);
      }),
    );
  });

  it("reads no time from text without one", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const own = timeAtStart(text, NOW);
        expect(own === undefined || Number.isInteger(own.ms)).toBe(true);
      }),
    );
  });
});

describe("TIME_FORMATS", () => {
  it.each(TIME_FORMATS)("reads its example: $name", ({ example, pattern }) => {
    expect(pattern.test(example)).toBe(true);
    expect(timeAtStart(`${example} started`, NOW)?.ms).toBeGreaterThan(NOW - DAY);
  });

  it.each(TIME_FORMATS)("is listed in docs/local.md: $name", ({ name, example }) => {
    const docs = readFileSync(join(repositoryRoot, "docs/local.md"), "utf8");
    expect(docs).toContain(`| ${name} | \`${example}\` |`);
  });
});

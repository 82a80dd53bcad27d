import fc from "fast-check";

const DAYS = ["2026-11-21", "2026-11", "-2026-11-21", "+12026-11-21", "+999999999-01-01", "0000-12-31"];
const CLOCKS = ["10", "10:00", "23:59:59", "10:00:00.1", "10:00:00,123456789"];

/** Names that the JDK knows beside those of today's time zones. */
const OLD_REGIONS = [
  ...["America/Argentina/ComodRivadavia", "America/Port-au-Prince", "Etc/GMT+12", "Etc/GMT0", "EST5EDT", "GB-Eire"],
  ...["NZ-CHAT", "PRC", "SystemV/AST4ADT", "US/East-Indiana", "W-SU", "Zulu", "Asia/Calcutta", "Europe/Kiev"],
];
const ZONES = [
  ...["Z", "+01:00", "-18:00", "+0100", "+05:30:15", "UTC", "GMT", "UT", "UTC+01:00", "GMT-05:00", "UT+01:00:30"],
  ...[...Intl.supportedValuesOf("timeZone"), ...OLD_REGIONS],
];

/** Of a zone, and a further one after it. */
const zoned = ZONES.flatMap((zone) =>
  DAYS.flatMap((day) => CLOCKS.slice(0, 2).map((clock) => `${day}T${clock}${zone}`)).concat(
    ["Z", "+0100"].map((further) => `2026-11-21T10:00:00${zone}${further}`),
  ),
);
const unzoned = DAYS.flatMap((day) => [day, `${day}T`, ...CLOCKS.map((clock) => `${day}T${clock}`)]);
const slashed = ["2026/11/21", "+12026/11/21"].flatMap((day) => [day, `${day} 10:00:00`, `${day} 23:59:59`]);
/** An engine checks the month of a whole date only, and rejects the others as dates. */
const unchecked = ["2026-13", "2026-19T10", "+12026-19T00Z", "2026/13/01", "2026/11/32"];
const epochs = ["1..", "1795219200000..", "-1.5.", "10.0.", "0.123456."];

/** More than 6,000 texts that OpenSearch 2.19 detects as dates, but for a few that only Elasticsearch may. */
export const DATES: readonly string[] = [
  ...new Set([...zoned, ...unzoned, ...["2026T", "2026T10", "2026T10Z"], ...slashed, ...unchecked, ...epochs]),
];

/** Names and messages that no engine takes for a date, although they begin like one. */
export const NO_DATES: readonly string[] = [
  ...["123456789012", "2026", "2026/11/21/[$LATEST]0a1b2c3d4e5f", "2026-11-21-web-1", "2026-11-21T10-15-30-i-0abc1234"],
  ...["i-0abc1234def567890", "ecs/web/0a1b2c3d", "0a1b2c3d4e5f", "2026-11-21_web", "20261121-web", "10.0.0.1"],
  ...["2026-11-21T03:00:00Z it rains", "2026-11-21 03:00:00,123 INFO main", "2026/11/21 03:00:00 [error] 7#7: x"],
  ...[
    "12345T6abcdef",
    "0123T4",
    "1000T1000",
    "1234T5X-9f",
    "20261121T103000Z",
    "9876-54-32",
    "2026-13-01",
    "2026-11-32",
  ],
  ...["2026-11-21T03:00:00.000+01:00 GET /", "2026-11-21: x", "1.5 s", "12345-678", "2026-11-21 (x)"],
];

const part = (...parts: string[]) => fc.constantFrom("", ...parts);

/** What dates are made of, in their order, so that many are dates and the others nearly. */
export const nearlyDate = fc
  .tuple(
    ...[
      part("-", "+"),
      fc.constantFrom("2026", "12026", "0000", "202", "1."),
      part("-11-21", "-11", "/11/21", "/11", "-1", "-13-21", "-00-21", "-11-32", "-11-00", "-13", "/13/32"),
    ],
    ...[
      part("T", " ", "t"),
      part("10", "10:00", "10:00:00", "1", "10-", "24", "25", "1000"),
      part(".1", ",123", ".", ".1,2", ". "),
    ],
    ...[part("Z", "+01:00", " -0100", "UTC+1"), part(...ZONES.slice(-8), "z", " Z", "~x", " x", "\u00e9", "\n", "[")],
  )
  .map((parts) => parts.join(""));

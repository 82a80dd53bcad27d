import fc from "fast-check";
import { fieldName } from "../../../core/parsers/field-name";
import { isoText, readClfTime, readIsoTime } from "../../../core/parsers/line-times";
import { nanoseconds } from "../../../core/parsers/nanoseconds";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const anyTime = fc.date({ min: new Date("1970-01-01"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true });

/** As strftime's `%d/%b/%Y:%H:%M:%S %z`. */
const clf = (date: Date) => {
  const [year, month, day] = date.toISOString().slice(0, 10).split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${date.toISOString().slice(11, 19)} +0000`;
};

describe("the times of lines", () => {
  it("are read in the Common Log Format, whatever the zone", () => {
    // Elastic's integration `aws`, test-apigateway-http.log.
    expect(readClfTime("09/Jun/2023:12:54:08 +0000")).toBe(Date.parse("2023-06-09T12:54:08.000Z"));
    expect(readClfTime("09/Jun/2023:12:54:08 -0230")).toBe(Date.parse("2023-06-09T15:24:08.000Z"));
    fc.assert(
      fc.property(anyTime, (date) => {
        expect(readClfTime(clf(date))).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });

  it.each(["", "-", "30/Feb/2023:12:54:08 +0000", "09/Foo/2023:12:54:08 +0000", "09/Jun/2023:24:54:08 +0000", "x"])(
    "are none in the Common Log Format for %j",
    (text) => {
      expect(readClfTime(text)).toBeUndefined();
    },
  );

  it("are read as ISO 8601, in UTC if they name no zone", () => {
    expect(readIsoTime("2019-03-24T13:44:25.484123Z")).toBe(Date.parse("2019-03-24T13:44:25.484Z"));
    expect(readIsoTime("2018-08-07T16:27:47.169604+08:00")).toBe(Date.parse("2018-08-07T08:27:47.169Z"));
    expect(readIsoTime("2020-04-01T08:51:42")).toBe(Date.parse("2020-04-01T08:51:42Z"));
    expect(readIsoTime("2019-10-16 17:24:15")).toBe(Date.parse("2019-10-16T17:24:15Z"));
    fc.assert(
      fc.property(anyTime, (date) => {
        expect(isoText(readIsoTime(date.toISOString())!)).toBe(date.toISOString());
      }),
    );
  });

  it.each(["", "2019-02-29T00:00:00Z", "2019-10-16", "24/Mar/2019", "2019-10-16T17:24:15Zulu"])(
    "are none in ISO 8601 for %j",
    (text) => {
      expect(readIsoTime(text)).toBeUndefined();
    },
  );
});

describe("a duration in nanoseconds", () => {
  it.each([
    ["2.746607", "s", "2746607000"],
    ["153.883481", "s", "153883481000"],
    ["0.000", "s", "0"],
    ["0.327", "ms", "327000"],
    ["12", "ms", "12000000"],
    ["430.3940001239", "ms", "430394000"],
    ["007", "µs", "7000"],
  ] as const)("of %s %s is %s", (text, unit, expected) => {
    expect(nanoseconds(text, unit)).toEqual({ text: expected });
  });

  it.each(["", "-", "-1", "1e3", ".5", "1.", "9".repeat(13)])("is none for %j", (text) => {
    expect(nanoseconds(text, "s")).toBeUndefined();
  });
});

describe("a field's name", () => {
  it.each([
    ["responseLength", "response_length"],
    ["ResponseLength", "response_length"],
    ["response-length", "response_length"],
    ["authorizer.claims.sub", "authorizer_claims_sub"],
    ["clientCertPEM", "client_cert_pem"],
    ["ARNOfRole", "arn_of_role"],
    ["awsEndpointRequestId2", "aws_endpoint_request_id2"],
    ["$context.requestId", "context_request_id"],
    ["__proto__", "proto"],
    ["-", ""],
  ])("is of %j %j", (name, expected) => {
    expect(fieldName(name)).toBe(expected);
  });
});

import fc from "fast-check";
import { cloudfrontAccessParser } from "../../../core/parsers/cloudfront-access";
import { CLOUDFRONT_FIELDS } from "../../../core/parsers/cloudfront-fields";
import { cloudfrontRealtimeParser } from "../../../core/parsers/cloudfront-realtime";
import type { MessageParser } from "../../../core/parsers/parsed-message";
import { realFiles } from "../../support/corpus";
import { flatFields } from "../../support/flat-fields";
import { skippedUnless } from "../../support/skipped";
import { vendedLogFields } from "../../support/vended-log-fields";

const flat = (parse: MessageParser, message: string) => {
  const parsed = parse(message);
  return parsed && flatFields(parsed.fields);
};
const access = (line: string, format = "") =>
  flat(cloudfrontAccessParser(format === "" ? [] : format.split(" ")), line);
const realtime = (line: string, format = "") =>
  flat(cloudfrontRealtimeParser(format === "" ? [] : format.split(" ")), line);

const LEGACY =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";

/** Of Elastic's integration (packages/aws, data_stream/cloudfront_logs, test-cloudfront.log), whose expected fields are these. */
const TEXTS = [
  ...["2022-11-15", "08:43:04", "SEA19-C2", "10157", "81.2.69.143", "GET", "d111111abcdef8.cloudfront.net"],
  ...["/getApplications", "200", "https://test.com/global"],
  "Mozilla/5.0%20(X11;%20Linux%20x86_64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Safari/537.36",
  ...["source=global", "-", "Miss", "hrsHM5OM6sTIXUleC1G20YtDxMf5Cq0Jbz0pwhVpod2kgEn_W6akCQ==", "test.com", "https"],
  ...["1057", "0.093", "81.2.69.142, 216.160.83.56", "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", "Miss", "HTTP/1.1"],
  ...["-", "-", "33359", "0.093", "Miss", "application/json;charset=UTF-8", "78", "-", "-"],
];
const LINE = TEXTS.join("\t");
const FIELDS = {
  "event.dataset": "aws.cloudfront_access",
  "event.id": "hrsHM5OM6sTIXUleC1G20YtDxMf5Cq0Jbz0pwhVpod2kgEn_W6akCQ==",
  "event.outcome": "success",
  "event.end": "2022-11-15T08:43:04Z",
  "event.duration": 93_000_000,
  "source.address": "81.2.69.143",
  "source.ip": "81.2.69.143",
  "source.port": 33359,
  "destination.address": "test.com",
  "destination.domain": "test.com",
  "network.protocol": "https",
  "network.forwarded_ip": ["81.2.69.142", "216.160.83.56"],
  "url.domain": "test.com",
  "url.path": "/getApplications",
  "url.query": "source=global",
  "user_agent.original": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Safari/537.36",
  "http.version": "1.1",
  "http.request.id": "hrsHM5OM6sTIXUleC1G20YtDxMf5Cq0Jbz0pwhVpod2kgEn_W6akCQ==",
  "http.request.method": "GET",
  "http.request.bytes": 1057,
  "http.request.referrer": "https://test.com/global",
  "http.response.bytes": 10157,
  "http.response.status_code": 200,
  "http.response.mime_type": "application/json;charset=UTF-8",
  "http.response.body.bytes": 78,
  "tls.version": "1.2",
  "tls.version_protocol": "tls",
  "tls.cipher": "ECDHE-RSA-AES128-GCM-SHA256",
  "aws.cloudfront.edge_location": "SEA19-C2",
  "aws.cloudfront.domain": "d111111abcdef8.cloudfront.net",
  "aws.cloudfront.edge_result_type": "Miss",
  "aws.cloudfront.edge_response_result_type": "Miss",
  "aws.cloudfront.edge_detailed_result_type": "Miss",
  "aws.cloudfront.time_to_first_byte": 0.093,
};
const withText = (name: string, text: string) => TEXTS.with(LEGACY.split(" ").indexOf(name), text).join("\t");

describe("cloudfrontAccessParser", () => {
  it("names the fields as Elastic's integration does, and the rest as CloudFront does", () => {
    expect(access(LINE)).toEqual(FIELDS);
    expect(cloudfrontAccessParser([])(`${LINE}\n`)!.time).toBe(Date.parse("2022-11-15T08:43:04Z"));
  });

  it("reads the same of other delimiters, of JSON, and of fields in another order", () => {
    const names = LEGACY.split(" ");
    const texts = TEXTS.map((text) => text.replaceAll(" ", ""));
    for (const delimiter of ["\t", " ", "|", ";"]) {
      const line = texts.map((text) => text.replaceAll(";", "%3B")).join(delimiter);
      expect(access(line, LEGACY)).toEqual(FIELDS);
    }
    expect(access(TEXTS.toReversed().join("\t"), names.toReversed().join(" "))).toEqual(FIELDS);
    const members = names.map((name, i) => [name, TEXTS[i]]);
    expect(access(JSON.stringify(Object.fromEntries(members)))).toEqual(FIELDS);
    expect(access(JSON.stringify(Object.fromEntries(members.toReversed())), "c-ip")).toEqual(FIELDS);
    const numbers = { ...Object.fromEntries(members), "sc-bytes": 10157, "time-taken": 0.093, "sc-range-end": null };
    expect(access(JSON.stringify(numbers))).toEqual(FIELDS);
  });

  // "Log file fields" in the Amazon CloudFront Developer Guide.
  it.each([
    ["sc-status", "000", { "http.response.status_code": 0, "event.outcome": "failure" }],
    ["sc-status", "403", { "http.response.status_code": 403, "event.outcome": "failure" }],
    ["sc-status", "-", { "http.response.status_code": undefined, "event.outcome": undefined }],
    ["cs(User-Agent)", "a%2520b%2525", { "user_agent.original": "a b%" }],
    ["cs(User-Agent)", "a%20b%2520c", { "user_agent.original": "a b%20c" }],
    ["cs(User-Agent)", "%22%C3%A4", { "user_agent.original": '"ä' }],
    ["cs(User-Agent)", "100%", { "user_agent.original": "100%" }],
    ["cs(Referer)", "http://a/%255B", { "http.request.referrer": "http://a/%5B" }],
    ["cs-uri-stem", "/a%2520b", { "url.path": "/a%2520b" }],
    ["cs-uri-query", "q=a%2526b", { "url.query": "q=a%2526b" }],
    ["cs(Cookie)", "a=b;%20c=d", { "aws.cloudfront.cookies": "a=b;%20c=d" }],
    ["c-ip", "2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6", { "source.ip": "2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6" }],
    ["ssl-protocol", "SSLv3", { "tls.version": "3.0", "tls.version_protocol": "ssl" }],
    ["cs-protocol-version", "HTTP/3.0", { "http.version": "3.0" }],
    ["fle-encrypted-fields", "2", { "aws.cloudfront.fle_encrypted_fields": 2 }],
    ["sc-range-end", "1023", { "aws.cloudfront.range_end": 1023 }],
    ["x-forwarded-for", "2001:db8::1,%2010.0.0.1", { "network.forwarded_ip": ["2001:db8::1", "10.0.0.1"] }],
    [
      "x-forwarded-for",
      "localhost:8081,10.0.0.1",
      { "network.forwarded_ip": ["10.0.0.1"], "aws.cloudfront.x_forwarded_for": "localhost:8081,10.0.0.1" },
    ],
    ["x-forwarded-for", "unknown", { "network.forwarded_ip": undefined, "aws.cloudfront.x_forwarded_for": "unknown" }],
  ])("reads %s %s", (name, text, fields) => {
    const read = access(withText(name, text));
    for (const [field, value] of Object.entries(fields)) expect([field, read?.[field]]).toEqual([field, value]);
  });

  it("has a place for each field of AWS's list, and names those to come as AWS does", () => {
    const names = vendedLogFields("AWS::CloudFront::Distribution", "ACCESS_LOGS");
    expect(CLOUDFRONT_FIELDS.map(([name]) => name)).toEqual(expect.arrayContaining(names));
    const format = "timestamp(ms) asn c-country origin-fbl cmcd-version viewer-request-log-data DistributionId sc-new";
    expect(access("1669887784123\t16509\tDE\t1.5\t1\ta%20b\tE1\tx", format)).toEqual({
      "event.dataset": "aws.cloudfront_access",
      "event.end": "2022-12-01T09:43:04.123Z",
      "source.as.number": 16509,
      "source.geo.country_iso_code": "DE",
      "aws.cloudfront.origin_fbl": 1.5,
      "aws.cloudfront.cmcd_version": 1,
      "aws.cloudfront.viewer_request_log_data": "a b",
      "aws.cloudfront.distribution_id": "E1",
      "aws.cloudfront.sc_new": "x",
    });
  });

  it.each([
    ...["date today", "time noon", "timestamp now", "timestamp(ms) 1.5", "x-edge-location Frankfurt", "c-ip host"],
    ...["sc-status OK", "sc-bytes many", "cs-bytes 1.5", "c-port ssh", "time-taken long"],
  ])("takes no line whose %s is", (wrong) => {
    const [name, text] = wrong.split(" ");
    expect(access(`${text}\t200`, `${name} sc-status`)).toBeUndefined();
    expect(access("-\t200", `${name} sc-status`)).toBeDefined();
  });

  it("keeps a date without a time", () => {
    expect(access("2022-11-15\t200", "date sc-status")).toMatchObject({ "aws.cloudfront.date": "2022-11-15" });
    expect(access("08:43:04\t200", "time sc-status")).toMatchObject({ "aws.cloudfront.time": "08:43:04" });
  });

  it("takes fewer fields, as of RTMP and of 2012, and more", () => {
    const rtmp =
      "2014-05-23\t01:13:12\tFRA2\t182\t192.0.2.202\tRTMP\tshqshne4jdp4b6.cloudfront.net/cfx/st\t/key\t200\t-\t-";
    expect(access(rtmp)).toMatchObject({ "event.end": "2014-05-23T01:13:12Z", "source.ip": "192.0.2.202" });
    expect(access(`${LINE}\t-\tnew`)).toEqual({ ...FIELDS, "aws.cloudfront.additional_fields": ["new"] });
  });

  it("takes no header line, no other JSON and no other text", () => {
    for (const text of [
      ...["", "#Version: 1.0", `#Fields: ${LEGACY}`, LEGACY.replaceAll(" ", "\t"), "a\tb\tc", "GET / 200", "\t\t"],
      ...['{"sc-status":"200"}', '{"c-ip":{},"sc-status":200}', "[1]", '{"date":"a","time":"b","timestamp":1}', "{"],
    ]) {
      expect([text, access(text)]).toEqual([text, undefined]);
    }
    expect(access(LINE.replace("2022-11-15", "yesterday"))).toBeUndefined();
  });

  it("reads the JSON of many deliveries, each by its own names", () => {
    const parse = cloudfrontAccessParser([]);
    for (const n of [...Array(40).keys(), 0, 39]) {
      const parsed = parse(JSON.stringify({ "cs-method": "GET", "sc-status": 200, [`x-new-${n}`]: n }));
      expect(flatFields(parsed!.fields)).toMatchObject({ [`aws.cloudfront.x_new_${n}`]: String(n) });
    }
  });

  it("does not throw, whatever the members", () => {
    const name = fc.oneof(fc.constantFrom(...LEGACY.split(" "), "__proto__", "constructor"), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue({ maxDepth: 1 })), (members) => {
        const parsed = cloudfrontAccessParser([])(
          JSON.stringify({ ...members, "sc-status": "200", "cs-method": "GET" }),
        );
        if (!Object.values(members).some((value) => typeof value === "object" && value !== null)) {
          expect(parsed).toBeDefined();
        }
      }),
    );
  });

  const lines = realFiles.find(([file]) => file.endsWith("/cloudfront.log"))?.[1];
  skippedUnless(lines !== undefined, "CORPUS_DIR with cloudfront.log").it(
    "takes each real line but the headers",
    () => {
      for (const line of lines!) {
        const ip = line.split("\t")[4];
        expect(access(line)?.["source.ip"]).toBe(ip);
      }
    },
  );
});

describe("cloudfrontRealtimeParser", () => {
  // The fields and their order: "Use real-time logs" in the Amazon CloudFront Developer Guide.
  it("reads a record of the chosen fields", () => {
    const format =
      "timestamp c-ip time-to-first-byte sc-status cs-host cs-uri-stem cs-user-agent c-ip-version cs-headers-count";
    const line =
      "1625097600.123\t2001:db8::7334\t0.002\t200\twww.example.com\t/images/cat.jpg?mobile=true\tcurl/7.1%20x\tIPv6\t3\n";
    expect(realtime(line, format)).toEqual({
      "event.dataset": "aws.cloudfront_realtime",
      "event.end": "2021-07-01T00:00:00.123Z",
      "event.outcome": "success",
      "source.address": "2001:db8::7334",
      "source.ip": "2001:db8::7334",
      "network.type": "ipv6",
      "url.path": "/images/cat.jpg",
      "url.query": "mobile=true",
      "user_agent.original": "curl/7.1 x",
      "http.response.status_code": 200,
      "aws.cloudfront.domain": "www.example.com",
      "aws.cloudfront.time_to_first_byte": 0.002,
      "aws.cloudfront.cs_headers_count": 3,
    });
    expect(cloudfrontRealtimeParser(format.split(" "))(line)!.time).toBe(1625097600123);
  });

  it("reads a record of all fields", () => {
    const texts = [
      "1625097600.123",
      "192.0.2.183",
      "0.002",
      "000",
      "17620",
      "GET",
      "https",
      "www.example.com",
      "/a.html",
    ];
    const fields = realtime([...texts, ...Array(30).fill("-"), "7"].join("\t"));
    expect(fields).toMatchObject({
      "event.outcome": "failure",
      "url.path": "/a.html",
      "aws.cloudfront.cs_headers_count": 7,
    });
  });

  it("takes no other text", () => {
    for (const text of ["", "a", "a\tb\tc", "12 192.0.2.183 0.002 200"]) expect(realtime(text)).toBeUndefined();
  });
});

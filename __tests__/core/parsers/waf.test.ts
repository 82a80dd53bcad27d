import fc from "fast-check";
import { parseWaf } from "../../../core/parsers/waf";
import { realFiles } from "../../support/corpus";
import { flatFields } from "../../support/flat-fields";
import { skippedUnless } from "../../support/skipped";

const fieldsOf = (record: object | string) => {
  const parsed = parseWaf(typeof record === "string" ? record : JSON.stringify(record));
  return parsed && flatFields(parsed.fields);
};

/** Of Elastic's integration (packages/aws, data_stream/waf, test-waf.log), whose expected fields are these. */
const BLOCKED = {
  ...{ timestamp: 1592361810888, formatVersion: 1 },
  webaclId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/hello-world/5933d6d9-9dde-js82-v8aw-9ck28nv9",
  ...{ terminatingRuleId: "RG-Reference", terminatingRuleType: "GROUP", action: "BLOCK" },
  terminatingRuleMatchDetails: [{ conditionType: "XSS", location: "HEADER", matchedData: ["<", "frameset"] }],
  ...{ httpSourceName: "-", httpSourceId: "-" },
  ruleGroupList: [
    {
      ruleGroupId: "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/hello-world/c05lb698",
      terminatingRule: { ruleId: "RuleA-XSS", action: "BLOCK", ruleMatchDetails: null },
      nonTerminatingMatchingRules: [],
      excludedRules: null,
    },
  ],
  ...{ rateBasedRuleList: [], nonTerminatingMatchingRules: [] },
  httpRequest: {
    ...{ clientIp: "89.160.20.156", country: "US" },
    headers: [
      { name: "Host", value: "localhost:1989" },
      { name: "User-Agent", value: "curl/7.61.1" },
      { name: "Accept", value: "*/*" },
      { name: "bar", value: "10 AND 1=1" },
      { name: "Referer", value: "https://b.example/" },
    ],
    ...{ uri: "/foo", args: "", httpVersion: "HTTP/1.1", httpMethod: "GET", requestId: "rid" },
  },
  labels: [{ name: "value" }],
};

describe("parseWaf", () => {
  it("names the fields as Elastic's integration does", () => {
    expect(fieldsOf(BLOCKED)).toEqual({
      "event.dataset": "aws.waf",
      "event.kind": "alert",
      "event.type": ["denied"],
      "event.outcome": "failure",
      "event.start": "2020-06-17T02:43:30.888Z",
      "event.action": "BLOCK",
      "rule.id": "RG-Reference",
      "rule.ruleset": "GROUP",
      "source.address": "89.160.20.156",
      "source.ip": "89.160.20.156",
      "source.geo.country_iso_code": "US",
      "url.domain": "localhost",
      "url.path": "/foo",
      "user_agent.original": "curl/7.61.1",
      "http.version": "1.1",
      "http.request.method": "GET",
      "http.request.id": "rid",
      "http.request.referrer": "https://b.example/",
      "network.protocol": "http",
      "aws.waf.format_version": 1,
      "aws.waf.arn": BLOCKED.webaclId,
      "aws.waf.id": "global/webacl/hello-world/5933d6d9-9dde-js82-v8aw-9ck28nv9",
      "aws.waf.terminating_rule_match_details": BLOCKED.terminatingRuleMatchDetails,
      "aws.waf.rule_group_list": [
        {
          ruleGroupId: "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/hello-world/c05lb698",
          terminatingRule: { ruleId: "RuleA-XSS", action: "BLOCK" },
        },
      ],
      "aws.waf.request.headers.Host": "localhost:1989",
      "aws.waf.request.headers.User-Agent": "curl/7.61.1",
      "aws.waf.request.headers.Accept": "*/*",
      "aws.waf.request.headers.bar": "10 AND 1=1",
      "aws.waf.request.headers.Referer": "https://b.example/",
      "aws.waf.labels": ["value"],
    });
    expect(parseWaf(JSON.stringify(BLOCKED))!.time).toBe(BLOCKED.timestamp);
  });

  // "Log fields for web ACL traffic" and "Log examples for web ACL traffic" in the AWS WAF Developer Guide.
  it("takes the members of newer records", () => {
    const record = {
      ...{
        ...BLOCKED,
        action: "CAPTCHA",
        httpSourceName: "ALB",
        httpSourceId: "123-app/lb/1",
        responseCodeSent: "405",
      },
      captchaResponse: { responseCode: 405, solveTimestamp: 0, failureReason: "TOKEN_MISSING" },
      ...{ ja3Fingerprint: "ja3", ja4Fingerprint: "ja4", requestBodySize: 10, requestBodySizeInspectedByWAF: 8 },
      ...{ oversizeFields: ["REQUEST_BODY"], clientAsn: 16509, forwardedAsn: 1 },
      requestHeadersInserted: [{ name: "x-amzn-waf-a", value: "b" }],
      httpRequest: { ...BLOCKED.httpRequest, fragment: "f", scheme: "https", host: "a.example:8443", args: "q=1" },
    };
    expect(fieldsOf(record)).toMatchObject({
      "event.type": ["denied"],
      "event.outcome": "failure",
      "aws.waf.source.name": "ALB",
      "aws.waf.source.id": "123-app/lb/1",
      "aws.waf.response_code_sent": 405,
      "aws.waf.captcha_response.response_code": 405,
      "aws.waf.captcha_response.solve_timestamp": 0,
      "aws.waf.captcha_response.failure_reason": "TOKEN_MISSING",
      "tls.client.ja3": "ja3",
      "aws.waf.ja4_fingerprint": "ja4",
      "aws.waf.request_body_size": 10,
      "aws.waf.request_body_size_inspected_by_waf": 8,
      "aws.waf.oversize_fields": ["REQUEST_BODY"],
      "aws.waf.request_headers_inserted.x-amzn-waf-a": "b",
      "aws.waf.forwarded_asn": 1,
      "source.as.number": 16509,
      "url.fragment": "f",
      "url.scheme": "https",
      "url.domain": "a.example",
      "url.query": "q=1",
    });
  });

  it.each([
    ["ALLOW", ["allowed"], "success"],
    ["BLOCK", ["denied"], "failure"],
    ["CHALLENGE", ["denied"], "failure"],
    ["SOME_DAY", undefined, undefined],
  ])("says of %s whether the request went on", (action, type, outcome) => {
    const fields = fieldsOf({ ...BLOCKED, action });
    expect([fields?.["event.action"], fields?.["event.type"], fields?.["event.outcome"]]).toEqual([
      action,
      type,
      outcome,
    ]);
  });

  it("keeps each value of a header that is sent twice, under any name", () => {
    const headers = [
      ...[
        { name: "Cookie", value: "a" },
        { name: "Cookie", value: "b" },
      ],
      ...[
        { name: "__proto__", value: "c" },
        { name: "empty", value: "" },
      ],
    ];
    const { aws } = parseWaf(JSON.stringify({ ...BLOCKED, httpRequest: { headers } }))!.fields;
    expect(aws).toMatchObject({ waf: { request: { headers: { Cookie: ["a", "b"], _proto_: "c" } } } });
  });

  it("keeps headers with more members than name and value as they are", () => {
    const headers = [{ name: "Host", value: "a.example", isRedacted: true }];
    const { aws } = parseWaf(JSON.stringify({ ...BLOCKED, httpRequest: { headers } }))!.fields;
    expect(aws).toMatchObject({ waf: { request: { headers } } });
  });

  it("takes the lists of rules as they are, and the number of an autonomous system by both its names", () => {
    const rateBasedRuleList = [{ rateBasedRuleId: "r-1", maxRateAllowed: 100 }];
    expect(fieldsOf({ ...BLOCKED, rateBasedRuleList, ClientASN: "16509" })).toMatchObject({
      "aws.waf.rate_based_rule_list": rateBasedRuleList,
      "source.as.number": 16509,
    });
  });

  it("takes the id of WAF Classic's web ACLs for one", () => {
    const fields = fieldsOf({ ...BLOCKED, webaclId: "385cb038-3a6f-4f2f-ac64-09ab912af590" });
    expect(fields).toMatchObject({ "aws.waf.id": "385cb038-3a6f-4f2f-ac64-09ab912af590" });
    expect(fields).not.toHaveProperty(["aws.waf.arn"]);
  });

  it("leaves members of another type where AWS has them", () => {
    const httpRequest = { ...BLOCKED.httpRequest, headers: [{ name: 1 }], httpVersion: "SPDY", clientIp: "nobody" };
    const wrong = { timestamp: "now", labels: ["a"], ruleGroupList: "none", terminatingRuleId: ["x"], httpRequest };
    expect(fieldsOf({ ...BLOCKED, ...wrong })).toMatchObject({
      "aws.waf.timestamp": "now",
      "aws.waf.labels": ["a"],
      "aws.waf.ruleGroupList": "none",
      "aws.waf.terminatingRuleId": ["x"],
      "aws.waf.request.headers": [{ name: 1 }],
      "aws.waf.request.httpVersion": "SPDY",
      "source.address": "nobody",
    });
    expect(fieldsOf({ ...BLOCKED, httpRequest })).not.toHaveProperty(["aws.waf.request.clientIp"]);
  });

  it("takes no other object", () => {
    for (const record of [{}, { ...BLOCKED, webaclId: 1 }, { ...BLOCKED, httpRequest: "GET /" }, [BLOCKED]]) {
      expect(fieldsOf(record)).toBeUndefined();
    }
    expect(parseWaf(JSON.stringify(BLOCKED).slice(0, -1))).toBeUndefined();
  });

  it("does not throw, whatever the values", () => {
    const members = fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(BLOCKED)), fc.string()), fc.jsonValue());
    const request = fc.dictionary(fc.constantFrom(...Object.keys(BLOCKED.httpRequest)), fc.jsonValue());
    fc.assert(
      fc.property(members, request, (others, httpRequest) => {
        expect(parseWaf(JSON.stringify({ ...BLOCKED, ...others, webaclId: "x", httpRequest }))).toBeDefined();
      }),
    );
  });

  const lines = realFiles.find(([file]) => file.endsWith("/waf.ndjson"))?.[1];
  skippedUnless(lines !== undefined, "CORPUS_DIR with waf.ndjson").it("takes each real record", () => {
    for (const line of lines!) {
      const { httpRequest } = JSON.parse(line);
      expect(fieldsOf(line)).toMatchObject({ "http.request.id": httpRequest.requestId, "event.outcome": "success" });
    }
  });
});

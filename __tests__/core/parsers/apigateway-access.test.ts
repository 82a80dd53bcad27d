import fc from "fast-check";
import { apigatewayAccessParser } from "../../../core/parsers/apigateway-access";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";
import { flatFields } from "../../support/flat-fields";
import { editedLine, LAYOUT_LINES } from "../../support/layout-lines";

const parse = (line: string, fields: string[] = []) => {
  const parsed = apigatewayAccessParser(fields)(line);
  return parsed && flatFields(parsed.fields);
};
const own = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`aws.apigateway.${name}`, value]));

/** What the console's example formats make of one request: "Access logging for REST APIs" in API Gateway's developer guide. */
const REST = {
  "event.dataset": "aws.apigateway_access",
  "event.outcome": "success",
  "event.start": "2026-03-09T12:34:56.000Z",
  "source.address": "2001:db8::1",
  "source.ip": "2001:db8::1",
  "http.request.id": "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5",
  "http.request.method": "GET",
  "http.version": "1.1",
  "http.response.status_code": 200,
  "http.response.body.bytes": 184,
  "url.path": "/pets",
  ...own({
    ip_address: "2001:db8::1",
    user: "AIDA",
    request_time: "2026-03-09T12:34:56.000Z",
    http_method: "GET",
    resource_path: "/pets",
    protocol: "HTTP/1.1",
    status: 200,
    response_length: 184,
    request_id: "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5",
    extended_request_id: "Wx5AhGsqoAMFq3Q=",
  }),
};
const CLF = [
  '2001:db8::1 - AIDA [09/Mar/2026:12:34:56 +0000]"GET /pets HTTP/1.1" 200 184',
  "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5 Wx5AhGsqoAMFq3Q=",
].join(" ");
const JSON_LINE = [
  '{ "requestId":"48752d0f-c99d-4cfa-a5a7-f3c6834d19e5", "extendedRequestId":"Wx5AhGsqoAMFq3Q=","ip": "2001:db8::1",',
  '"caller":"-", "user":"AIDA", "requestTime":"09/Mar/2026:12:34:56 +0000", "httpMethod":"GET", "resourcePath":"/pets",',
  '"status":"200", "protocol":"HTTP/1.1", "responseLength":"184" }',
].join(" ");
const XML = [
  '<request id="48752d0f-c99d-4cfa-a5a7-f3c6834d19e5"> <extendedRequestId>Wx5AhGsqoAMFq3Q=</extendedRequestId>',
  "<ip>2001:db8::1</ip> <caller>-</caller> <user>AIDA</user> <requestTime>09/Mar/2026:12:34:56 +0000</requestTime>",
  "<httpMethod>GET</httpMethod> <resourcePath>/pets</resourcePath> <status>200</status> <protocol>HTTP/1.1</protocol>",
  "<responseLength>184</responseLength> </request>",
].join(" ");
const CSV = [
  "2001:db8::1,-,AIDA,09/Mar/2026:12:34:56 +0000,GET,/pets,HTTP/1.1,200,184",
  "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5,Wx5AhGsqoAMFq3Q=",
].join(",");

describe("API Gateway's access log", () => {
  it.each([
    ["CLF", CLF],
    ["CLF with a space before the request", CLF.replace(']"', '] "')],
    [
      "CLF as the guide's CloudFormation example",
      `Wx5AhGsqoAMFq3Q= ${CLF.replace(" Wx5AhGsqoAMFq3Q=", "").replace(']"', '] "')}`,
    ],
    ["JSON", JSON_LINE],
    ["JSON with a line break at its end", `${JSON_LINE}\n`],
    ["XML", XML],
    ["CSV", CSV],
  ])("has the same fields as %s", (_, line) => {
    expect(parse(line)).toEqual(REST);
    expect(apigatewayAccessParser([])(line)?.time).toBe(Date.parse("2026-03-09T12:34:56Z"));
  });

  it.each([
    ["CLF", CLF.replace(" Wx5AhGsqoAMFq3Q=", "")],
    ["JSON", JSON_LINE.replace('"extendedRequestId":"Wx5AhGsqoAMFq3Q=",', "")],
    ["CSV", CSV.replace(",Wx5AhGsqoAMFq3Q=", "")],
  ])("is read as %s of before extendedRequestId", (_, line) => {
    expect(parse(line)).toEqual({ ...REST, "aws.apigateway.extended_request_id": undefined });
  });

  // Elastic's integration `aws`, data_stream/apigateway_logs/_dev/test/pipeline: test-apigateway-rest, -http and -websocket.log.
  it.each([
    [
      '{"requestId":"48752d0f-c99d-4cfa-a5a7-f3c6834d19e5","ip":"1.128.0.0","caller":"-","user":"-","requestTime":"10/Jun/2023:15:36:28 +0000","httpMethod":"GET","resourcePath":"/pets","status":"200","protocol":"HTTP/1.1","responseLength":"184"}',
      {
        ...{ http_method: "GET", ip_address: "1.128.0.0", protocol: "HTTP/1.1", resource_path: "/pets", status: 200 },
        ...{ request_id: "48752d0f-c99d-4cfa-a5a7-f3c6834d19e5", response_length: 184 },
        request_time: "2023-06-10T15:36:28.000Z",
      },
    ],
    [
      '{"requestId":"Iq8dHhlwIAMEV_g=","ip":"1.128.0.0","requestTime":"26/Jul/2023:12:13:33 +0000","httpMethod":"GET","routeKey":"GET /","status":"200","protocol":"HTTP/1.1","responseLength":"51243","stage":"$default","apiId":"1ax3mj7iqf","domainName":"1ax3mj7iqf.execute-api.us-east-1.amazonaws.com"}',
      {
        ...{ api_id: "1ax3mj7iqf", domain_name: "1ax3mj7iqf.execute-api.us-east-1.amazonaws.com", http_method: "GET" },
        ...{ ip_address: "1.128.0.0", protocol: "HTTP/1.1", request_id: "Iq8dHhlwIAMEV_g=", status: 200 },
        ...{ request_time: "2023-07-26T12:13:33.000Z", response_length: 51243, route_key: "GET /", stage: "$default" },
      },
    ],
    [
      '{"requestId": "177a5660-9b20-4614-b620-51dd4d56fb4c","ip": "1.128.0.0","caller": "-","user": "-","requestTime": "19/Jul/2023:16:17:17 +0000","eventType": "-","routeKey": "-","status": "403","connectionId": "-"}',
      {
        ...{ ip_address: "1.128.0.0", request_id: "177a5660-9b20-4614-b620-51dd4d56fb4c", status: 403 },
        request_time: "2023-07-19T16:17:17.000Z",
      },
    ],
    [
      '{"requestId":"Iq9gwFDNoAMFo1A=","ip":"1.128.0.0","caller":"-","user":"-","requestTime":"26/Jul/2023:12:20:46 +0000","eventType":"CONNECT","routeKey":"$connect","status":"500","connectionId":"Iq8gj1UmIAMCKpA=","apiId":"z1ctxygne5","stage":"production","domainName":"z1ctxygne5.execute-api.us-east-1.amazonaws.com"}',
      {
        ...{ api_id: "z1ctxygne5", connection_id: "Iq8gj1UmIAMCKpA=", event_type: "CONNECT", ip_address: "1.128.0.0" },
        ...{
          domain_name: "z1ctxygne5.execute-api.us-east-1.amazonaws.com",
          request_id: "Iq9gwFDNoAMFo1A=",
          status: 500,
        },
        ...{ request_time: "2023-07-26T12:20:46.000Z", route_key: "$connect", stage: "production" },
      },
    ],
  ])("has the fields of Elastic's integration for %s", (line, expected) => {
    const fields = Object.entries(parse(line) ?? {}).filter(([name]) => name.startsWith("aws."));
    expect(Object.fromEntries(fields)).toEqual(own(expected));
  });

  it("has the route, event and connection of WebSocket APIs as CLF", () => {
    // "Set up WebSocket API logging": with a status; Serverless Framework's default format has none.
    const start = '1.2.3.4 - - [09/Mar/2026:12:34:56 +0000] "CONNECT $connect Iq8gj1UmIAMCKpA="';
    const fields = { "aws.apigateway.event_type": "CONNECT", "aws.apigateway.route_key": "$connect" };
    const ids = { "aws.apigateway.connection_id": "Iq8gj1UmIAMCKpA=", "http.request.id": "Iq9gwFDNoAMFo1A=" };
    expect(parse(`${start} 500  Iq9gwFDNoAMFo1A=`)).toMatchObject({ ...fields, ...ids, "event.outcome": "failure" });
    expect(parse(`${start} Iq9gwFDNoAMFo1A=`)).toMatchObject({ ...fields, ...ids });
  });

  it("has the route of HTTP APIs as CLF and CSV", () => {
    // "Configure logging for HTTP APIs".
    const route = { "aws.apigateway.route_key": "GET /pets", "http.request.method": "GET", "http.version": "1.1" };
    expect(parse('1.2.3.4 - - [09/Mar/2026:12:34:56 +0000] "GET GET /pets HTTP/1.1" 200 12 JK=')).toMatchObject(route);
    expect(parse("1.2.3.4,09/Mar/2026:12:34:56 +0000,GET,GET /pets,HTTP/1.1,200,12,JK=")).toMatchObject(route);
  });

  it("has each variable that a format adds, by its name in snake case", () => {
    const line = {
      requestId: "a",
      requestTimeEpoch: "1773059696123",
      path: "/v1/pets/7",
      resourcePath: "/pets/{petId}",
      "authorizer.claims.sub": "kim",
      identity: { sourceIp: "example.com", userAgent: "curl/8", caller: null, clientCert: { subjectDN: "CN=a" } },
      integrationLatency: "12",
      responseLatency: 14,
      "waf-status": "200",
      integrationStatus: "-",
      wafResponseCode: "WAF_ALLOW",
      tier: 9.5,
      cached: false,
      status: "n/a",
    };
    expect(parse(JSON.stringify(line))).toEqual({
      "event.dataset": "aws.apigateway_access",
      "event.start": "2026-03-09T12:34:56.123Z",
      "event.duration": 14_000_000,
      "http.request.id": "a",
      "url.path": "/v1/pets/7",
      "source.address": "example.com",
      "user_agent.original": "curl/8",
      ...own({
        ...{ request_id: "a", request_time_epoch: 1773059696123, path: "/v1/pets/7", resource_path: "/pets/{petId}" },
        ...{ authorizer_claims_sub: "kim", ip_address: "example.com", user_agent: "curl/8" },
        ...{ identity_client_cert_subject_dn: "CN=a", integration_latency: 12, response_latency: 14, waf_status: 200 },
        ...{ waf_response_code: "WAF_ALLOW", tier: 9.5, cached: false, additional_fields: ["n/a"] },
      }),
    });
  });

  it("keeps both of two variables of one name", () => {
    const line = '{"requestId":"a","status":"200","integrationStatus":"201","integration.status":"202"}';
    expect(parse(line)).toMatchObject({
      "aws.apigateway.integration_status": 201,
      "aws.apigateway.additional_fields": ["202"],
    });
  });

  it("reads CSV by the names that are given, fewer and more", () => {
    const fields = ["requestId", "status", "$context.path"];
    expect(parse("a,404,/pets", fields)).toEqual({
      ...{ "event.dataset": "aws.apigateway_access", "event.outcome": "failure", "http.request.id": "a" },
      "http.response.status_code": 404,
      ...own({ request_id: "a", status: 404, context_path: "/pets" }),
    });
    expect(parse("a,404", fields)).toMatchObject({ "http.response.status_code": 404 });
    expect(parse("a,404,/pets,b,c", fields)).toMatchObject({ "aws.apigateway.additional_fields": ["b", "c"] });
  });

  it("has the same fields by the layouts of the examples as by its form", () => {
    // No layout begins with a space.
    const expectSame = (line: string, fields?: string[]) =>
      expect(parse(line, fields)).toEqual(parse(` ${line}`, fields));
    const lines = [...SAMPLE_LINES.apigateway_access[0]!.lines, ...LAYOUT_LINES.apigateway_access];
    fc.assert(fc.property(editedLine(lines), (line) => expectSame(line)));
    const fields = ["resourcePath", "requestId", "path", "status", "integrationLatency", "requestTime", "x"];
    const csv = [
      "/a,b,/c,200,12,09/Mar/2026:12:34:56 +0000,y",
      "/a,b,-,-,-,2026-03-09T12:34:56Z,-",
      "/{a},b,/c,n/a,1.5,x,y",
    ];
    for (const line of csv) expectSame(line, fields);
    fc.assert(fc.property(editedLine(csv), (line) => expectSame(line, fields)));
  });

  it.each([
    ["a text", "order placed"],
    ["JSON whose values are not escaped", '{"requestId":"a","status":"200","userAgent":"a "quoted" one"}'],
    ["a client that repeats a name", '{"requestId":"a","status":"500","userAgent":"x","status":"200"}'],
    ["Lambda's JSON", '{"timestamp":"2026-03-09T12:34:56Z","level":"INFO","requestId":"a","message":"x"}'],
    ["JSON without an id", '{"status":"200","httpMethod":"GET"}'],
    ["nginx", '1.2.3.4 - - [09/Mar/2026:12:34:56 +0000] "GET / HTTP/1.1" 200 612 "-" "curl/8"'],
    ["Apache", '1.2.3.4 - - [09/Mar/2026:12:34:56 +0000] "GET / HTTP/1.1" 200 612'],
    ["an element that does not end", '<request id="a"> <status>200'],
    ["HTML", "<html><body></body></html>"],
  ])("is not %s", (_, line) => {
    expect(parse(line)).toBeUndefined();
  });
});

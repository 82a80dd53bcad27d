import fc from "fast-check";
import { eventBytes, LIMITS } from "../../tools/put-log-events";
import { FORMATS, type FormatName, sampleLines } from "../../tools/sample-logs";

const names = Object.keys(FORMATS) as FormatName[];

const IP = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+)`;
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const CLF = String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\]`;
const COMBINED = String.raw`${IP} - \S+ ${CLF} ${TEXT} \d{3} (?:\d+|-) ${TEXT} ${TEXT}`;
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`;

/** What the formats' documentation says of an event; tools/sample-logs names the pages. */
const SHAPES: Record<FormatName, RegExp | ((line: string) => void)> = {
  "Apache access log": new RegExp(`^${COMBINED}$`),
  "nginx access log": new RegExp(`^${COMBINED} ${TEXT}$`),
  "ALB access log": new RegExp(
    [
      `^(?:http|https|h2|grpcs|ws|wss) ${ISO}\\.\\d{6}Z app/\\S+ ${IP}:\\d+ (?:${IP}:\\d+|-)`,
      String.raw`(?:-1|\d+\.\d{3}) (?:-1|\d+\.\d{3}) (?:-1|\d+\.\d{3}) \d{3} (?:\d{3}|-) \d+ \d+ ${TEXT} ${TEXT} \S+ \S+`,
      `arn:\\S+ "Root=1-[0-9a-f]{8}-[0-9a-f]{24}" ${TEXT} ${TEXT} \\d+ ${ISO}\\.\\d{6}Z ${Array(7).fill(TEXT).join(" ")}`,
      "TID_[0-9a-f]{32}$",
    ].join(" "),
  ),
  "Classic Load Balancer access log": new RegExp(
    [
      `^${ISO}\\.\\d{6}Z \\S+ ${IP}:\\d+ (?:${IP}:\\d+|-)`,
      String.raw`(?:-1|\d+\.\d{6}) (?:-1|\d+\.\d{6}) (?:-1|\d+\.\d{6}) (?:\d{3}|-) (?:\d{3}|0|-) \d+ \d+`,
      `${TEXT} ${TEXT} \\S+ \\S+$`,
    ].join(" "),
  ),
  "CloudFront standard log": (line) => {
    if (line.startsWith("#")) return expect(line).toMatch(/^#(Version: 1\.0|Fields: date time .*)$/);
    expect(line.split("\t")).toHaveLength(33);
    expect(line).toMatch(/^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d/);
    // A space or a quote would be encoded.
    expect(line).not.toMatch(/[ "]/);
  },
  "S3 server access log": new RegExp(
    [
      String.raw`^[0-9a-f]{64} \S+ ${CLF} ${IP} \S+ [A-Z0-9]{16} [A-Z.]+ \S+ ${TEXT} \d{3} \S+ (?:\d+|-) (?:\d+|-)`,
      String.raw`\d+ \d+ ${TEXT} ${TEXT} \S+ \S{76} SigV4 \S+ AuthHeader \S+ TLSv1\.[23] \S+ \S+$`,
    ].join(" "),
  ),
  "VPC flow log": new RegExp(
    String.raw`^2 \d{12} eni-[0-9a-f]{17} (?:${IP} ${IP} \d+ \d+ \d+ \d+ \d+ \d{10} \d{10} (?:ACCEPT|REJECT) OK|(?:- ){7}\d{10} \d{10} - (?:NODATA|SKIPDATA))$`,
  ),
  "RDS for PostgreSQL log": new RegExp(
    String.raw`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC:${IP}\(\d+\):\w+@\w+:\[\d+\]:(?:LOG|ERROR|FATAL|STATEMENT):  \S`,
  ),
  "CloudTrail events": (line) =>
    expect(JSON.parse(line)).toMatchObject({
      eventVersion: expect.stringMatching(/^1\.\d+$/),
      userIdentity: { type: expect.any(String) },
      eventTime: expect.stringMatching(new RegExp(`^${ISO}Z$`)),
      eventSource: expect.stringMatching(/\.amazonaws\.com$/),
      eventName: expect.any(String),
      eventID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      recipientAccountId: expect.stringMatching(/^\d{12}$/),
    }),
  "WAF log": (line) =>
    expect(JSON.parse(line)).toMatchObject({
      timestamp: expect.any(Number),
      formatVersion: 1,
      action: expect.stringMatching(/^(ALLOW|BLOCK)$/),
      ruleGroupList: expect.any(Array),
      httpRequest: { clientIp: expect.any(String), headers: expect.any(Array), uri: expect.any(String) },
    }),
  "Route 53 Resolver query log": (line) =>
    expect(JSON.parse(line)).toMatchObject({
      version: "1.100000",
      query_timestamp: expect.stringMatching(new RegExp(`^${ISO}Z$`)),
      query_name: expect.stringMatching(/^[\w.-]+\.$/),
      rcode: expect.stringMatching(/^(NOERROR|NXDOMAIN)$/),
      answers: expect.any(Array),
      srcaddr: expect.stringMatching(new RegExp(`^${IP}$`)),
      srcport: expect.stringMatching(/^\d{4,5}$/),
    }),
  "Network Firewall log": (line) =>
    expect(JSON.parse(line)).toMatchObject({
      event_timestamp: expect.stringMatching(/^\d{10}$/),
      event: {
        timestamp: expect.stringMatching(new RegExp(`^${ISO}\\.\\d{6}\\+0000$`)),
        flow_id: expect.any(Number),
        event_type: expect.stringMatching(/^(alert|netflow)$/),
        src_ip: expect.stringMatching(new RegExp(`^${IP}$`)),
        dest_port: expect.any(Number),
      },
    }),
  "application log (JSON)": (line) => expect(JSON.parse(line)).toEqual(expect.any(Object)),
  "application log (text)": (line) => {
    expect(line).toMatch(new RegExp(`^(?:${ISO}\\.\\d{3}Z (?:DEBUG|INFO|WARN|ERROR) |REPORT RequestId: )`));
    expect(() => JSON.parse(line)).toThrow();
  },
};

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe.each(names)("sampleLines of %s", (name) => {
  it("gives the same lines for the same seed, and others for another", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(sampleLines(name, 20, seed)).toEqual(sampleLines(name, 20, seed));
        expect(sampleLines(name, 20, seed)).not.toEqual(sampleLines(name, 20, (seed + 1) % 2 ** 32));
      }),
      { numRuns: 10 },
    );
  });

  it("gives fewer lines as the start of more", () => {
    expect(sampleLines(name, 50).slice(0, sampleLines(name, 20).length)).toEqual(sampleLines(name, 20));
  });

  it("gives lines of the format, each of a size that CloudWatch Logs accepts", () => {
    const shape = SHAPES[name];
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const line of sampleLines(name, 50, seed)) {
          if (shape instanceof RegExp) expect(line).toMatch(shape);
          else shape(line);
          expect(line.isWellFormed()).toBe(true);
          expect(eventBytes(line)).toBeLessThan(LIMITS.bytesPerCall / 100);
        }
      }),
      { numRuns: 10 },
    );
  });

  it("repeats itself as little as real logs do", () => {
    const lines = sampleLines(name, 300);
    expect(new Set(lines).size).toBeGreaterThan(0.9 * lines.length);
  });
});

describe("sampleLines", () => {
  it.each([
    ["a line break", "\n"],
    ["a quote within JSON", '\\"'],
    ["a backslash", "\\\\"],
    ["an emoji", "\ud83d\udc08"],
    ["a line separator", "\u2028"],
    ["a tab", "\t"],
  ])("includes %s", (_, text) => {
    expect(names.some((name) => sampleLines(name, 300).some((line) => line.includes(text)))).toBe(true);
  });
});

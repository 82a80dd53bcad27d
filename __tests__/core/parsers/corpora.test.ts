import { PARSERS } from "../../../core/parsers/parsers";
import type { ParserName } from "../../../core/settings/parser-names";
import { generatedLogs, realFiles } from "../../support/corpus";
import { flatFields } from "../../support/flat-fields";
import { skippedUnless } from "../../support/skipped";

/** What a line's fields have to be, by a simple reading of it that is not the parser's; undefined: it is no event, such as a header. */
type Expected = Record<string, string | number | undefined> | undefined;

interface Corpus {
  readonly parser: ParserName;
  /** The ends of the names of files, generated or of CORPUS_DIR. */
  readonly files: readonly string[];
  readonly read: (line: string) => Expected;
}

const text = (value: string | undefined) => (value === "-" || value === "" ? undefined : value);
const number = (value: string | undefined) => (text(value) === undefined || value === "-1" ? undefined : Number(value));
const words = (line: string) =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)(?:"|$)|\[([^\]]*)\]|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c!);
const iso = (clf: string) => new Date(clf.replace(/^(\d+)\/(\w+)\/(\d+):/, "$1 $2 $3 ")).toISOString();

const combined = (line: string): Expected => {
  const [address, , user, time, request, status, bytes, referrer, agent] = words(line);
  // Without a space, it is what a client of TLS sent to a port of HTTP.
  const parts = request!.split(" ");
  const [method, url, protocol] = parts.length === 3 ? parts : [undefined, request, undefined];
  return {
    ...{ "source.address": address, "source.ip": address, "user.name": text(user), "event.start": iso(time!) },
    ...{ "http.request.method": method, "url.original": url, "url.path": method && url!.split("?")[0] },
    ...{ "http.version": protocol?.slice(5), "http.response.status_code": number(status) },
    ...{ "http.response.body.bytes": number(bytes), "http.request.referrer": text(referrer) },
    ...{ "user_agent.original": text(agent), "event.outcome": Number(status) < 400 ? "success" : "failure" },
  };
};

const CORPORA: readonly Corpus[] = [
  {
    parser: "alb_access",
    files: ["generated ALB access log", "/alb.log"],
    read: (line) => {
      const all = words(line);
      const [ip, port] = all[3]!.split(":");
      const [method, url, protocol] = all[12]!.split(" ");
      return {
        ...{ "aws.elb.type": all[0], "event.end": all[1], "aws.elb.name": all[2], "source.ip": ip },
        ...{ "source.port": Number(port), "aws.elb.backend.ip": text(all[4]!.split(":")[0]) },
        ...{ "aws.elb.request_processing_time.sec": number(all[5]), "http.response.status_code": Number(all[8]) },
        ...{ "aws.elb.backend.http.response.status_code": number(all[9]), "http.request.bytes": Number(all[10]) },
        ...{ "http.response.bytes": Number(all[11]), "http.request.method": method, "url.original": url },
        ...{ "http.version": protocol!.slice(5), "user_agent.original": text(all[13]), "tls.cipher": text(all[14]) },
        ...{ "aws.elb.target_group.arn": text(all[16]), "trace.id": all[17], "destination.domain": text(all[18]) },
        ...{
          "aws.elb.matched_rule_priority": number(all[20]),
          "event.start": all[21],
          "aws.elb.classification": text(all[27]),
        },
      };
    },
  },
  {
    parser: "http_access",
    files: ["generated Apache access log", "generated nginx access log", "/apache-access.log", "/nginx-access.log"],
    read: combined,
  },
  {
    parser: "s3_access",
    files: ["generated S3 server access log", "/s3-access.log"],
    read: (line) => {
      const all = words(line);
      return {
        ...{ "aws.s3access.bucket_owner": all[0], "aws.s3access.bucket": all[1], "event.start": iso(all[2]!) },
        ...{ "source.address": text(all[3]), "aws.s3access.requester": text(all[4]), "event.id": all[5] },
        ...{ "event.action": all[6], "aws.s3access.key": text(all[7]), "aws.s3access.request_uri": text(all[8]) },
        ...{ "http.response.status_code": number(all[9]), "event.code": text(all[10]) },
        ...{ "http.response.body.bytes": number(all[11]), "aws.s3access.object_size": number(all[12]) },
        ...{ "aws.s3access.total_time": number(all[13]), "user_agent.original": text(all[16]) },
        ...{
          "aws.s3access.host_id": text(all[18]),
          "tls.cipher": text(all[20]),
          "aws.s3access.host_header": text(all[22]),
        },
      };
    },
  },
  {
    parser: "vpc_flow",
    files: ["generated VPC flow log", "/vpc-flow.log"],
    read: (line) => {
      const all = line.split(" ");
      const time = (seconds: string) => new Date(Number(seconds) * 1000).toISOString();
      return {
        ...{ "aws.vpcflow.interface_id": all[2], "source.ip": text(all[3]), "destination.ip": text(all[4]) },
        ...{ "source.port": number(all[5]), "destination.port": number(all[6]), "network.iana_number": text(all[7]) },
        ...{ "network.packets": number(all[8]), "network.bytes": number(all[9]), "event.start": time(all[10]!) },
        ...{ "event.end": time(all[11]!), "aws.vpcflow.log_status": all[13] },
      };
    },
  },
  {
    parser: "cloudfront_access",
    files: ["generated CloudFront standard log", "/cloudfront.log"],
    read: (line) => {
      if (line.startsWith("#")) return undefined;
      const all = line.split("\t");
      return {
        ...{ "aws.cloudfront.edge_location": all[2], "http.response.bytes": Number(all[3]), "source.ip": all[4] },
        ...{ "http.request.method": all[5], "http.response.status_code": Number(all[8]) },
        ...{ "user_agent.original": text(decodeURIComponent(all[10]!)), "http.request.id": all[14] },
      };
    },
  },
  {
    parser: "cloudtrail",
    files: ["generated CloudTrail events", "/cloudtrail.ndjson"],
    read: (line) => {
      const event = JSON.parse(line);
      // A sign-in that fails is a call without an error.
      const hasFailed = event.errorCode !== undefined || event.responseElements?.ConsoleLogin === "Failure";
      return {
        ...{ "event.provider": event.eventSource, "event.action": event.eventName, "event.id": event.eventID },
        ...{ "source.address": event.sourceIPAddress, "user_agent.original": text(event.userAgent) },
        ...{ "event.end": new Date(event.eventTime).toISOString(), "aws.cloudtrail.request_id": event.requestID },
        "event.outcome": hasFailed ? "failure" : "success",
      };
    },
  },
  {
    parser: "waf",
    files: ["generated WAF log", "/waf.ndjson"],
    read: (line) => {
      const { action, httpRequest, ...record } = JSON.parse(line);
      return {
        ...{
          "source.ip": httpRequest.clientIp,
          "source.geo.country_iso_code": text(httpRequest.country),
          "event.action": action,
        },
        ...{
          "http.request.method": httpRequest.httpMethod,
          "url.path": httpRequest.uri,
          "url.query": text(httpRequest.args),
        },
        ...{ "http.request.id": httpRequest.requestId, "rule.id": record.terminatingRuleId },
        ...{ "event.start": new Date(record.timestamp).toISOString(), "aws.waf.arn": record.webaclId },
      };
    },
  },
  {
    parser: "postgresql",
    files: ["generated RDS for PostgreSQL log", "/rds-postgresql.log"],
    read: (line) => {
      const [, time, client, user, database, pid, level] =
        /^([^:]+:\d\d:\d\d UTC):([^:]*):([^@]*)@([^:]*):\[(\d+)\]:(\w+):/.exec(line)!;
      const [ip, port] = client!.split(/[()]/);
      return {
        ...{ "postgresql.log.timestamp": time, "source.ip": text(ip), "postgresql.log.client_port": number(port) },
        ...{ "user.name": text(user), "postgresql.log.database": text(database), "process.pid": Number(pid) },
        "log.level": level!.toLowerCase(),
      };
    },
  },
];

const logs = [...generatedLogs, ...realFiles];

describe.each(CORPORA.filter(({ parser }) => PARSERS[parser]))("the parser $parser", ({ parser, files, read }) => {
  const parse = PARSERS[parser]!({ fields: [] });
  const mine = logs.filter(([name]) => files.some((end) => name.endsWith(end)));

  it.each(mine)("reads each line of %s as a simple split does", (_, lines) => {
    for (const line of lines) {
      const expected = read(line);
      const parsed = parse(line);
      const fields = parsed && flatFields(parsed.fields);
      const found = expected && Object.keys(expected).map((path) => [path, fields?.[path]]);
      expect([line, found && Object.fromEntries(found)]).toEqual([line, expected]);
      expect(fields === undefined).toBe(expected === undefined);
    }
    expect(lines.filter((line) => read(line) !== undefined).length).toBeGreaterThan(0);
  });

  it("has lines", () => {
    expect(mine.length).toBeGreaterThan(0);
  });
});

if (realFiles.length === 0) {
  skippedUnless(false, "CORPUS_DIR=<folder of logs>").it(
    "reads each line of CORPUS_DIR as a simple split does",
    () => {},
  );
}

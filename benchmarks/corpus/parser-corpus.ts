import type { ParserName } from "../../core/settings/parser-names";
import { realLogs } from "../../tools/corpus-dir";
import { type FormatName, sampleLines } from "../../tools/sample-logs";
import { SAMPLE_LINES } from "../../tools/sample-logs/by-parser";
import { corpusOf, type SourcedCorpus } from "./corpora";

/** Lines of each format that is generated; of the others there are examples. */
const COUNT = 500;

const GENERATED: Readonly<Partial<Record<ParserName, FormatName>>> = {
  alb_access: "ALB access log",
  cloudfront_access: "CloudFront standard log",
  s3_access: "S3 server access log",
  vpc_flow: "VPC flow log",
  cloudtrail: "CloudTrail events",
  waf: "WAF log",
  http_access: "Apache access log",
  postgresql: "RDS for PostgreSQL log",
};

const FILES: Readonly<Partial<Record<ParserName, string>>> = {
  alb_access: "alb.log",
  cloudfront_access: "cloudfront.log",
  s3_access: "s3-access.log",
  vpc_flow: "vpc-flow.log",
  cloudtrail: "cloudtrail.ndjson",
  waf: "waf.ndjson",
  http_access: "apache-access.log",
  postgresql: "rds-postgresql.log",
};

/** Lines of a format: of CORPUS_DIR where it has some, else generated ones, else the examples of its documentation. */
export function parserCorpus(parser: ParserName, env: NodeJS.ProcessEnv = process.env): SourcedCorpus {
  const format = GENERATED[parser];
  const generate = () => (format === undefined ? [...SAMPLE_LINES[parser][0]!.lines] : sampleLines(format, COUNT));
  return corpusOf({ name: parser, files: [FILES[parser] ?? ""], generate }, realLogs(env));
}

import type { ParserName } from "../../core/settings/parser-names";
import { realLogs } from "../../tools/corpus-dir";
import { linesOfParser } from "../../tools/sample-logs/objects";
import { corpusOf, type SourcedCorpus } from "./corpora";

/** Lines of each format that is generated; of the others there are examples. */
const COUNT = 500;

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
  const generate = () => linesOfParser(parser, COUNT);
  return corpusOf({ name: parser, files: [FILES[parser] ?? ""], generate }, realLogs(env));
}

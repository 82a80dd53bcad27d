import { basename } from "node:path";
import { type RealLogs, realLogs } from "../../tools/corpus-dir";
import { type FormatName, sampleLines } from "../../tools/sample-logs";
import { sizedJson, sizedText } from "../../tools/sample-logs/sized";
import { count } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";

/** Messages that a benchmark repeats as often as it needs. */
export interface Corpus {
  name: string;
  messages: readonly string[];
}

/** A corpus of {@link corpora}. */
export interface SourcedCorpus extends Corpus {
  /** Where its messages come from, for the first lines of the output. */
  source: string;
}

/** Where the messages of a corpus come from. */
export interface CorpusDefinition {
  name: string;
  /** Files of real logs; those that CORPUS_DIR has replace the generated lines. */
  files: readonly string[];
  generate(): string[];
}

/** Lines of each format: most are logs of web servers. */
const ACCESS_LOGS: readonly [FormatName, count: number][] = [
  ["Apache access log", 5_000],
  ["nginx access log", 1_000],
  ["ALB access log", 100],
  ["S3 server access log", 100],
  ["VPC flow log", 100],
  ["RDS for PostgreSQL log", 300],
];

/** The messages that the targets are about. */
const DEFINITIONS: readonly CorpusDefinition[] = [
  {
    name: "access logs (text)",
    files: ["apache-access.log", "nginx-access.log", "alb.log", "s3-access.log", "vpc-flow.log", "rds-postgresql.log"],
    generate: () => ACCESS_LOGS.flatMap(([format, count]) => sampleLines(format, count)),
  },
  { name: "application logs (JSON)", files: [], generate: () => sizedJson(270) },
  { name: "CloudTrail (JSON)", files: ["cloudtrail.ndjson"], generate: () => sampleLines("CloudTrail events", 800) },
];

/**
 * The corpora that the targets are about, and, if CORPUS_DIR names a folder, one of all lines in it. They are the same each
 * time, so that builds can be compared.
 *
 * @throws Error when the folder holds no logs
 */
export function corpora(env: NodeJS.ProcessEnv = process.env): SourcedCorpus[] {
  const real = realLogs(env);
  const named = DEFINITIONS.map((definition) => corpusOf(definition, real));
  return real ? [...named, { name: "CORPUS_DIR", ...linesOf(real.files, real) }] : named;
}

/** @param real undefined: CORPUS_DIR is not set */
export const corpusOf = (definition: CorpusDefinition, real: RealLogs | undefined): SourcedCorpus =>
  (real && realCorpus(definition, real)) ?? generatedCorpus(definition);

function realCorpus({ name, files }: CorpusDefinition, real: RealLogs): SourcedCorpus | undefined {
  const there = files.flatMap((file) => real.files.filter((one) => basename(one.name) === file));
  return there.length > 0 ? { name, ...linesOf(there, real) } : undefined;
}

function generatedCorpus({ name, generate }: CorpusDefinition): SourcedCorpus {
  const messages = generate();
  return { name, messages, source: `${count(messages.length)} generated lines` };
}

function linesOf(files: RealLogs["files"], { folder }: RealLogs): Omit<SourcedCorpus, "name"> {
  const messages = files.flatMap(({ lines }) => lines);
  const names = files.length > 10 ? `${files.length} files` : files.map(({ name }) => name).join(", ");
  return { messages, source: `${count(messages.length)} lines of ${names} in ${oneLine(folder)}` };
}

/** Messages of about `bytes` bytes. */
export const textOfSize = (bytes: number): Corpus => ({ name: `text, ${bytes} B`, messages: sizedText(bytes) });
export const jsonOfSize = (bytes: number): Corpus => ({ name: `JSON, ${bytes} B`, messages: sizedJson(bytes) });

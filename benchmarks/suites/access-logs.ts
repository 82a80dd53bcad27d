import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SAMPLE_OBJECT_FORMATS } from "../../tools/sample-logs/objects";
import { comparedFile, type ObjectFile, objectFile } from "../corpus/object-files";
import { gzipMember } from "../corpus/repeated-object";
import { heapFlags } from "../measure/lambda";
import { bundleFunction, measure, OUTPUT } from "../processes/start";
import { formatCell, type TableRow, type Tables } from "../report/table";
import { FUNCTION_MIB, TITLES } from "../report/targets";
import { overLimit } from "./memory";
import { progress, type SuiteOptions, type SuiteResult } from "./suite";

/** The tables of the suite, by their names on the command line. */
export const ACCESS_LOGS_TABLES = ["programs", "formats", "memory"] as const;

export type AccessLogsTable = (typeof ACCESS_LOGS_TABLES)[number];

/** Sizes of objects, in MB of gzip: the last one has 15 million lines. */
export const OBJECT_MEGABYTES = ["10", "100", "1150"] as const;

export interface AccessLogsOptions extends SuiteOptions {
  tables: readonly AccessLogsTable[];
  /** Of `OBJECT_MEGABYTES`: what memory is measured with. */
  megabytes: readonly string[];
  /** The function's timeout, in seconds: near its end it continues by a message. */
  timeout: number;
}

export async function accessLogsSuite(options: AccessLogsOptions): Promise<SuiteResult> {
  const tables: Record<string, readonly TableRow[]> = {};
  if (options.tables.includes("programs")) tables[TITLES.programs] = await programs(options);
  if (options.tables.includes("formats")) tables[TITLES.objectFormats] = await formats(options);
  if (!options.tables.includes("memory")) return { tables };
  const rows = await memory(options);
  return { tables: { ...tables, [TITLES.objectMemory]: rows } satisfies Tables, ...overLimit(rows) };
}

function programs({ profiles }: SuiteOptions): Promise<TableRow[]> {
  const options = { args: written(comparedFile()), profiles };
  return measure("object-programs", options, (row) =>
    progress(`${row.program} … ${formatCell(row["µs/line"])} µs a line`),
  );
}

async function formats({ profiles }: SuiteOptions): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for (const format of SAMPLE_OBJECT_FORMATS) {
    const options = { args: written(objectFile(format)), profiles, label: `objects ${format}` };
    rows.push(
      ...(await measure("objects", options, (row) =>
        progress(`${format}, ${row.object} … ${formatCell(row["µs/line"])} µs, ${formatCell(row["× floor"])} × floor`),
      )),
    );
  }
  return rows;
}

/** @returns the arguments of the measured process */
function written({ format, key, lines, content }: ObjectFile): string[] {
  const file = join(OUTPUT, "object.log");
  writeFileSync(file, content);
  return [file, key, format, String(lines)];
}

/** Of one gzip member: a few MB. */
const MEMBER_LINES = 50_000;

/**
 * Small objects are read one after the other until they come to as much. Whatever a process reads, its memory grows at first: V8's
 * young generation reaches its full size of 32 MiB after some 150 MB.
 */
const READ_MEGABYTES = 200;

async function memory({ megabytes, timeout, profiles }: AccessLogsOptions): Promise<TableRow[]> {
  const member = gzipMember(MEMBER_LINES);
  const file = join(OUTPUT, "member.gz");
  writeFileSync(file, member);
  const bundle = bundleFunction("access-logs").file;
  const rows: TableRow[] = [];
  for (const size of megabytes) {
    const times = Math.max(1, Math.round((Number(size) * 1e6) / member.length));
    const objects = Math.ceil(READ_MEGABYTES / Number(size));
    const args = [bundle, file, ...[MEMBER_LINES, times, objects, timeout].map(String)];
    const options = { flags: heapFlags(FUNCTION_MIB), args, profiles, label: `object-memory ${size}` };
    rows.push(
      ...(await measure("object-memory", options, (row) =>
        progress(`${size} MB … ${formatCell(row["lines/s"])} lines/s, peak ${row["peak MiB"]} MiB`),
      )),
    );
  }
  return rows;
}

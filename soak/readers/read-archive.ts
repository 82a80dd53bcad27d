import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "../../local/delivery/archive";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { count, counted } from "../../tools/text/numbers";
import { objects } from "../audit/found";
import { aircompressorLines } from "./aircompressor";

/** What readers found in the archive. */
export interface ArchiveReading {
  readonly notes: readonly string[];
  /** Objects in which a reader found other numbers of lines than zlib. */
  readonly mistakes: readonly string[];
}

/** Objects that a process reads. */
const BATCH = 500;

/** Lets zcat and, where there is Java, aircompressor count the lines of every object of the archive. */
export async function readArchive(s3: S3Client, archive: ArchiveLocation): Promise<ArchiveReading> {
  const directory = await temporaryDirectory();
  try {
    const expected = new Map<string, number>();
    const keys: string[] = [];
    for await (const { key, body } of objects(s3, archive, "archive/")) {
      const file = `${keys.push(key)}.gz`;
      await writeFile(join(directory.path, file), body);
      expected.set(file, gunzipSync(body).toString("latin1").split("\n").length - 1);
    }
    const readers: [string, typeof zcatLines][] = [["zcat", zcatLines]];
    const hasJava = spawnSync(java(), ["-version"]).status === 0;
    if (hasJava) readers.push(["aircompressor", aircompressorLines]);
    const mistakes: string[] = [];
    for (const [name, read] of readers) {
      const found = await inBatches([...expected.keys()], (files) => read(files, directory.path));
      mistakes.push(...lineMistakes(name, keys, [...expected.values()], found));
    }
    const lines = [...expected.values()].reduce((sum, each) => sum + each, 0);
    const names = ["zlib", ...readers.map(([name]) => name)].join(", ");
    const without = hasJava ? "" : " Without Java, aircompressor read none.";
    return { notes: [`${names} read ${count(lines)} lines in ${counted(keys.length, "object")}.${without}`], mistakes };
  } finally {
    await directory.remove();
  }
}

/** Names the objects in which a reader found other numbers of lines. */
export function lineMistakes(
  reader: string,
  keys: readonly string[],
  expected: readonly number[],
  found: readonly number[],
): string[] {
  return keys.flatMap((key, n) =>
    found[n] === expected[n] ? [] : [`${reader} finds ${found[n]} lines of ${expected[n]} in ${key}`],
  );
}

async function zcatLines(files: readonly string[], cwd: string): Promise<number[]> {
  const output = await run("sh", ["-c", 'for file; do zcat "$file" | wc -l; done', "sh", ...files], {
    env: process.env,
    cwd,
  });
  return output.split("\n").map(Number);
}

async function inBatches<T, R>(items: readonly T[], of: (items: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const results: R[] = [];
  for (let n = 0; n < items.length; n += BATCH) results.push(...(await of(items.slice(n, n + BATCH))));
  return results;
}

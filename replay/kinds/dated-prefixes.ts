import type { Bucket } from "../../archive/bucket";
import { days } from "../../archive/hours";

/** More folders in one another have no keys of AWS's. */
const MAX_DEPTH = 10;

const CONCURRENT = 8;

/** Names that begin with what comes before the day, and the day: S3's server access logs, and CloudFront's standard logs. */
const DATED_NAME = /^(?:E[A-Z0-9]{5,20}\.)?\d{4}-\d\d-\d\d-/;

type Levels = Pick<Bucket, "level">;

interface Range {
  fromMs: number;
  toMs: number;
}

/**
 * Returns the prefixes under which the objects of a range of days are: folders of days wherever AWS makes them, and names that begin
 * with a day. Where objects have neither, all of their folder.
 */
export async function datedPrefixes(bucket: Levels, prefix: string, { fromMs, toMs }: Range): Promise<string[]> {
  const range = days(fromMs, toMs - 1);
  let level = [prefix];
  const found: string[] = [];
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = [];
    for (let i = 0; i < level.length; i += CONCURRENT) {
      const batch = level.slice(i, i + CONCURRENT).map((folder) => folderPrefixes(bucket, folder, range));
      for (const { prefixes, folders } of await Promise.all(batch)) {
        found.push(...prefixes);
        next.push(...folders);
      }
    }
    if (depth === MAX_DEPTH) return [...found, ...next];
    level = next;
  }
  return found;
}

/** @returns `prefixes` to list, and `folders` that have to be looked into */
async function folderPrefixes(bucket: Levels, prefix: string, range: readonly string[]) {
  const folders = new Set<string>();
  const stems = new Set<string>();
  const dayOf = (key: string): string | undefined => DATED_NAME.exec(key.slice(prefix.length))?.[0];
  // Behind all of that day: a bucket has many objects a day, and one request for each day will do.
  const jump = (last: string): string | undefined => {
    const day = dayOf(last);
    return day && `${prefix}${day}\uffff`;
  };
  for await (const level of bucket.level(prefix, jump)) {
    for (const folder of level.folders) folders.add(folder);
    for (const key of level.keys) {
      const day = dayOf(key);
      // What has no date in its name is anywhere.
      if (day === undefined) return { prefixes: [prefix], folders: [] };
      stems.add(day.slice(0, -"YYYY-MM-DD-".length));
    }
  }
  const prefixes = [...stems].flatMap((stem) => range.map((day) => prefix + stem + day.replaceAll("/", "-")));
  const others: string[] = [];
  for (const folder of folders) {
    const [, hive, year] = /^(year=)?(\d{4})\/$/.exec(folder.slice(prefix.length)) ?? [];
    if (year !== undefined) prefixes.push(...daysOf(year, range).map((day) => prefix + dayFolder(day, hive)));
    else if (!folder.endsWith("/CloudTrail-Digest/")) others.push(folder);
  }
  return { prefixes, folders: others };
}

const daysOf = (year: string, range: readonly string[]): string[] => range.filter((day) => day.startsWith(year));

function dayFolder(day: string, hive: string | undefined): string {
  const [year, month, date] = day.split("/");
  return hive ? `year=${year}/month=${month}/day=${date}/` : `${day}/`;
}

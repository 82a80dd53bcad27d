import { listFailure } from "../../archive/bucket-errors";
import { StoppedError } from "../../archive/outcome-errors";
import { objectIdSuffix } from "../../core/events/document-id";
import { memberOf } from "../../core/json/object";
import { sourceObjectOf } from "../../core/sources/s3/source-object";
import { hourOf } from "../archived-events";
import type { UnitComparison } from "../comparison";
import { type IndexedDocument, OBJECT_KEY } from "../engine/index-documents";
import { indexGroup } from "./object-lines";
import type { ObjectsIo } from "./objects-io";

/**
 * Counts and names documents without a line, as far as they are still there. A document of an object that the bucket has, and that was
 * not selected by the time in its key, is none.
 *
 * @param read names of the objects that were read
 * @throws as `IndexDocuments`, StoppedError
 */
export async function resolveExtraLines(
  suspects: readonly IndexedDocument[],
  read: ReadonlySet<string>,
  comparison: UnitComparison,
  { bucket }: ObjectsIo,
): Promise<void> {
  const { counts, io, unit, findings, toRemove } = comparison;
  const { prefix } = io.args.accessLogs!;
  /** The object that has a key now, as the ids of its documents end. */
  const suffixes = new Map<string, string | undefined>();
  const suffixOf = async (key: string): Promise<string | undefined> => {
    if (!suffixes.has(key)) suffixes.set(key, await suffixIn(key));
    return suffixes.get(key);
  };
  const suffixIn = async (key: string): Promise<string | undefined> => {
    try {
      for await (const { key: found, etag } of bucket.list(key)) {
        const object = sourceObjectOf({ bucket: bucket.name, key, etag, size: undefined, region: undefined });
        return found === key && typeof object !== "string" ? objectIdSuffix(object) : undefined;
      }
      return undefined;
    } catch (error) {
      throw new StoppedError(listFailure(error, bucket.name));
    }
  };
  for (const copy of await io.index.present(suspects)) {
    const key = memberOf(copy.source, OBJECT_KEY);
    // An engine without the pipeline's template finds what has the prefix anywhere.
    if (typeof key === "string" && !key.startsWith(prefix)) continue;
    const suffix = copy.id.slice(copy.id.lastIndexOf("."));
    if (typeof key === "string" && !read.has(suffix.slice(1)) && (await suffixOf(key)) === suffix) continue;
    const time = Date.parse(String(memberOf(copy.source, "@timestamp")));
    const timeMs = Number.isNaN(time) ? undefined : time;
    const group = indexGroup(io.layouts, copy.index, timeMs ?? unit.fromMs);
    counts.at(counts.numberOf(hourOf(timeMs ?? unit.fromMs), group)).extra++;
    if (findings.add({ kind: "extra", index: copy.index, id: copy.id, timeMs, logGroup: group })) toRemove.push(copy);
  }
}

import { duration } from "../../tools/text/duration";
import type { BucketSettings } from "./bucket-settings";
import type { BufferHints } from "./buffer";
import type { DeliverySettings } from "./settings";

/** Returns each changed setting as `search buffer 5 MiB or 300 s → 1 MiB or 60 s`. */
export function deliveryChanges(before: DeliverySettings, after: DeliverySettings): string[] {
  const [old, now] = [texts(before), texts(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => old[name] !== now[name])
    .map((name) => `${name} ${old[name] ?? "none"} → ${now[name] ?? "none"}`);
}

function texts({ transform, search, objects, sourceBackup, ...settings }: DeliverySettings): Record<string, string> {
  return {
    source: settings.sourceArn ?? "direct put",
    ...(transform && {
      function: transform.functionArn.split(":")[6]!,
      "function retries": String(transform.retries),
      "function buffer": bufferText(transform.buffer),
    }),
    "newline between records": settings.separatesRecords ? "on" : "off",
    ...(search && {
      index: search.index,
      rotation: search.rotation,
      "search buffer": bufferText(search.buffer),
      "retry duration": duration(search.retryMs),
      "document ids": search.withIds ? "on" : "off",
      backup: search.backsUpAll ? "all records" : "failed documents",
    }),
    ...objectTexts("objects", objects),
    ...(sourceBackup && objectTexts("source records", sourceBackup)),
  };
}

function objectTexts(name: string, objects: BucketSettings): Record<string, string> {
  const { bucket, prefix, errorPrefix, buffer, compression, extension } = objects;
  return {
    [name]: `s3://${bucket}/${prefix}`,
    [`${name}' error prefix`]: errorPrefix ?? "none",
    [`${name}' buffer`]: bufferText(buffer),
    [`${name}' compression`]: `${compression}${extension}`,
  };
}

/** Returns where records go first, and after how much of them or of time. */
export function destinationText({ search, objects }: DeliverySettings): string {
  const where = search ? `index ${search.index}` : `s3://${objects.bucket}/${objects.prefix}`;
  return `to ${where}, after ${bufferText((search ?? objects).buffer)}`;
}

const bufferText = ({ sizeBytes, intervalMs }: BufferHints): string =>
  `${sizeBytes / 1024 / 1024} MiB or ${intervalMs / 1000} s`;

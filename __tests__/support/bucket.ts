import { gunzipSync } from "node:zlib";
import { readReceipt } from "../../core/receipts/object-receipt";
import type { Receipt } from "../../core/receipts/receipt";
import { FakeServer } from "./fake-server";

/** Answers `PUT /<key>` from memory as S3 does. */
export class MemoryBucket extends FakeServer {
  readonly objects = new Map<string, Buffer>();
  /** Of each object, by their names without `x-amz-meta-`. */
  readonly metadata = new Map<string, Record<string, string>>();

  constructor() {
    super(({ path, body, headers }) => {
      this.objects.set(path.slice(1), Buffer.from(body));
      const metadata = Object.entries(headers ?? {}).flatMap(([name, value]) => {
        const own = /^x-amz-meta-(.*)$/i.exec(name)?.[1];
        return own === undefined ? [] : [[own.toLowerCase(), String(value)]];
      });
      this.metadata.set(path.slice(1), Object.fromEntries(metadata));
      return { status: 200, body: "" };
    });
  }

  keys(prefix = ""): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  receipt(key: string): Promise<Receipt | undefined> {
    return readReceipt(this.metadata.get(key)!, async (count) => this.objects.get(key)!.subarray(-count));
  }

  /** What `zcat` gives of all objects under `prefix`, line by line. */
  lines(prefix: string): string[] {
    const text = this.keys(prefix).map((key) => gunzipSync(this.objects.get(key)!).toString());
    return text.join("").split("\n").slice(0, -1);
  }
}

import { gunzipSync } from "node:zlib";
import { FakeServer } from "./fake-server";

/** Answers `PUT /<key>` from memory as S3 does. */
export class MemoryBucket extends FakeServer {
  readonly objects = new Map<string, Buffer>();

  constructor() {
    super(({ path, body }) => {
      this.objects.set(path.slice(1), Buffer.from(body));
      return { status: 200, body: "" };
    });
  }

  keys(prefix = ""): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** What `zcat` gives of all objects under `prefix`, line by line. */
  lines(prefix: string): string[] {
    const text = this.keys(prefix).map((key) => gunzipSync(this.objects.get(key)!).toString());
    return text.join("").split("\n").slice(0, -1);
  }
}

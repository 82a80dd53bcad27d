import { Readable } from "node:stream";
import type { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SdkBucket } from "../../archive/sdk-bucket";

const CONTENT = Buffer.from("0123456789");

/** A bucket with one object, of which each connection but the last sends three bytes and breaks. */
function prepare(connections: number): SdkBucket {
  const send = async ({ input }: GetObjectCommand) => {
    const from = Number(/\d+/.exec(input.Range ?? "0")![0]);
    const breaks = --connections > 0;
    async function* chunks() {
      yield CONTENT.subarray(from, from + 3);
      if (breaks) throw new Error("aborted");
      yield CONTENT.subarray(from + 3);
    }
    return { Body: Readable.from(chunks()), ContentLength: CONTENT.length, ETag: '"etag"' };
  };
  return new SdkBucket({ send } as unknown as S3Client, "the-archive", new AbortController().signal);
}

describe("SdkBucket", () => {
  it.each([1, 3])("reports each byte once as it is read, over %i connections", async (connections) => {
    let reported = 0;
    const onRead = (bytes: number) => {
      reported += bytes;
    };
    const { chunks } = await prepare(connections).open({ key: "a", etag: '"etag"', bytes: CONTENT.length, onRead });
    const seen: Uint8Array[] = [];
    for await (const chunk of chunks) {
      expect(reported).toBe(Buffer.concat(seen).length);
      seen.push(chunk);
    }
    expect(Buffer.concat(seen)).toEqual(CONTENT);
    expect(reported).toBe(CONTENT.length);
  });
});

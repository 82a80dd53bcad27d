import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { LastingFailure } from "../event-source-mapping/lasting-failure";
import { retryDelayMs } from "../event-source-mapping/retry-delay";
import type { BucketSettings } from "./bucket-settings";
import { OBJECT_COMPRESSIONS } from "./compression";
import type { KeyParts } from "./object-key";

/** Source: Firehose Developer Guide "Quota": records are stored for up to 24 hours while the destination is unavailable. */
const RETENTION_MS = 24 * 60 * 60 * 1000;

interface ObjectContents {
  readonly parts: readonly Uint8Array[];
  /** Arrival of the oldest of them, in milliseconds since the epoch. */
  readonly oldest: number;
}

/** Writes objects, and retries until they are written or their oldest record is 24 hours old. */
export class ObjectWriter {
  readonly #failure: LastingFailure;

  /** @param onProblem called when writing fails repeatedly, and when records are lost */
  constructor(
    private readonly s3: S3Client,
    private readonly signal: AbortSignal,
    private readonly onProblem: (problem: string) => void,
  ) {
    this.#failure = new LastingFailure(onProblem);
  }

  /**
   * @param keyOf the key, from the object's parts of it
   * @returns whether it is written: false when it is lost, or `signal` is aborted
   */
  async write(
    settings: BucketSettings,
    { parts, oldest }: ObjectContents,
    keyOf: (parts: Pick<KeyParts, "oldest" | "extension">) => string,
  ): Promise<boolean> {
    const Body = OBJECT_COMPRESSIONS[settings.compression].compress(Buffer.concat(parts));
    const object = { Bucket: settings.bucket, Key: keyOf({ oldest, extension: settings.extension }), Body };
    for (let failures = 1; !this.signal.aborted; failures++) {
      try {
        await this.s3.send(new PutObjectCommand({ ...object, ContentType: "application/octet-stream" }));
        this.#failure.succeeded();
        return true;
      } catch (error) {
        const where = `s3://${object.Bucket}/${object.Key}`;
        if (Date.now() - oldest > RETENTION_MS) {
          this.onProblem(`${where} is lost: it could not be written for 24 hours (${error})`);
          return false;
        }
        this.#failure.failed(`${where} cannot be written: ${error}`);
      }
      await sleep(retryDelayMs(failures), undefined, { signal: this.signal }).catch(() => {});
    }
    return false;
  }
}

import type { OriginalVersion } from "./compacted-object";

/** An object as it is listed. */
export interface ListedObject extends OriginalVersion {
  bytes: number;
}

/** What an object holds, and what its metadata says, by names without `x-amz-meta-`. */
export interface ObjectContent {
  body: Buffer;
  metadata: Readonly<Record<string, string>>;
}

/** What compaction does in a bucket. All throw a CompactionError. */
export interface CompactionBucket {
  /** Whether the bucket has Object Lock. */
  isLocked(): Promise<boolean>;
  /** Lists the objects whose keys begin with `prefix`, in the order of their keys. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /**
   * Reads an object.
   *
   * @param etag of the version to read. @default the newest
   * @param maxBytes how many bytes from its start on. @default all
   * @returns undefined if there is no such version
   */
  read(object: { key: string; etag?: string }, maxBytes?: number): Promise<ObjectContent | undefined>;
  /** Creates an object. @returns false if there is one with this key, which stays as it is */
  create(key: string, body: Buffer, metadata: Readonly<Record<string, string>>): Promise<boolean>;
  /** Deletes a version, if it is the newest. @returns whether it was */
  remove(object: OriginalVersion): Promise<boolean>;
}

/** One version of an object: writing its key again, in whatever way, changes the ETag. */
export interface ObjectVersion {
  key: string;
  etag: string;
}

export interface StoredObject extends ObjectVersion {
  bytes: number;
  /** When it was written, in ms since the epoch. */
  modified?: number;
  /** Called with the length in bytes of each chunk that was read, when the next one is requested. */
  onRead?: (bytes: number) => void;
}

export interface OpenObject {
  metadata: Record<string, string>;
  /** When it was written, in ms since the epoch. */
  lastModified?: number;
  /** The whole content, in chunks of any size. */
  chunks: AsyncIterable<Uint8Array>;
}

/** What is directly in a folder, or a page of it. */
export interface Level {
  folders: string[];
  keys: string[];
}

/** Reads the bucket of the archive. */
export interface Bucket {
  readonly name: string;
  /** Lists the objects whose keys begin with `prefix`, in the order of their keys, without the folders that consoles create. */
  list(prefix: string): AsyncGenerator<StoredObject>;
  /** Lists the folders directly under `prefix`, each as a prefix itself. */
  folders(prefix: string): Promise<string[]>;
  /**
   * Lists what is directly under `prefix`, one page at a time: folders, each as a prefix, and keys.
   *
   * @param jump behind which text the listing goes on after a key that is the last of its page. @default behind that key
   */
  level(prefix: string, jump: (lastKey: string) => string | undefined): AsyncGenerator<Level>;
  /** Returns the object as it is now. @throws ObjectError, StoppedError */
  find(key: string): Promise<StoredObject>;
  /** @throws ObjectError (an OverwrittenError when it is no longer what was listed), StoppedError; so does reading the chunks */
  open(object: StoredObject): Promise<OpenObject>;
  /** Returns the metadata of an object, without its content. @throws as `open` */
  metadata(object: ObjectVersion): Promise<Record<string, string>>;
  /** Returns the last bytes of an object. @param count of at most as many as it has @throws as `open` */
  lastBytes(object: StoredObject, count: number): Promise<Buffer>;
}

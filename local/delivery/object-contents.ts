import type { S3Client } from "@aws-sdk/client-s3";
import { type ArchiveLocation, describeObjects } from "./archive";
import { ReadOnce } from "./read-once";

/** Objects that are read at a time: the rest at the next. */
const MAX_READ = 50;

/** What is to be known of each object below a prefix; each is read once. */
export class ObjectContents<Content> {
  readonly #contents = new Map<string, Content>();
  readonly #reading = new ReadOnce();
  #isComplete = false;

  /** @param read what is known of an object, as short as can be */
  constructor(
    private readonly s3: S3Client,
    private readonly place: ArchiveLocation,
    private readonly read: (key: string) => Promise<Content>,
  ) {}

  /** Undefined until all objects are read, but for those that cannot be. */
  get all(): readonly Content[] | undefined {
    return this.#isComplete ? [...this.#contents.values()] : undefined;
  }

  /** Reads new objects. @throws Error when the bucket cannot be listed */
  async update(): Promise<void> {
    const listed = await describeObjects(this.s3, this.place.bucket, this.place.prefix);
    for (const key of this.#contents.keys()) if (!listed.has(key)) this.#contents.delete(key);
    const readContent = async (key: string) => {
      // Of one that was replaced.
      this.#contents.delete(key);
      this.#contents.set(key, await this.read(key));
    };
    if (await this.#reading.read(listed, readContent, MAX_READ)) this.#isComplete = true;
  }
}

import type { S3Client } from "@aws-sdk/client-s3";
import { type ArchiveLocation, describeObjects } from "./archive";

/** Objects that are read at a time: the rest at the next. */
const MAX_READ = 50;

/** What is to be known of each object below a prefix; each is read once. */
export class ObjectContents<Content> {
  /** By key. */
  readonly #objects = new Map<string, { readonly eTag: string; readonly content: Content }>();
  #isComplete = false;

  /** @param read what is known of an object, as short as can be */
  constructor(
    private readonly s3: S3Client,
    private readonly place: ArchiveLocation,
    private readonly read: (key: string) => Promise<Content>,
  ) {}

  /** Undefined until all objects are read. */
  get all(): readonly Content[] | undefined {
    return this.#isComplete ? [...this.#objects.values()].map(({ content }) => content) : undefined;
  }

  /** Reads new objects. @throws Error when the bucket cannot be read */
  async update(): Promise<void> {
    const listed = await describeObjects(this.s3, this.place.bucket, this.place.prefix);
    for (const [key, { eTag }] of this.#objects) if (listed.get(key)?.eTag !== eTag) this.#objects.delete(key);
    const added = [...listed].filter(([key]) => !this.#objects.has(key));
    for (const [key, { eTag }] of added.slice(0, MAX_READ)) {
      this.#objects.set(key, { eTag, content: await this.read(key) });
    }
    if (added.length <= MAX_READ) this.#isComplete = true;
  }
}

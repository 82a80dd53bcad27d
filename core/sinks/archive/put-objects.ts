import { inParallel } from "../../concurrency/in-parallel";
import type { ArchiveObject } from "./archive-object";
import { type PutIo, putObject } from "./put-object";

const PUT_REQUESTS = 8;

/** Time that one object is expected to take, in milliseconds: 80 ms for a PUT, with eight in flight. */
export const PUT_MS = 10;

export interface PutObjectsIo extends PutIo {
  /** An object of this size is stored. */
  stored(bytes: number): void;
}

/**
 * Puts `objects` into the bucket.
 *
 * @throws ArchiveError
 */
export async function putObjects(objects: readonly ArchiveObject[], io: PutObjectsIo): Promise<void> {
  await inParallel(PUT_REQUESTS, objects, async (object) => {
    await putObject(object, io);
    io.stored(object.body.length);
  });
}

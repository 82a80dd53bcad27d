import type { KinesisStreamRecord } from "aws-lambda";
import type { PutKind } from "../shared/put";
import type { FollowedPut } from "./followed-put";
import { QueueProgress } from "./queue-progress";
import { StreamProgress } from "./stream-progress";

/** Returns the put into a target that is in flight, by what its lines have in common. */
export type PutByMark = (kind: PutKind, name: string, mark: string) => FollowedPut | undefined;

/** Follows puts to their functions: by what event source mappings read and invoke functions with. */
export class PutProgress {
  readonly #stream: StreamProgress;
  readonly #queue: QueueProgress;

  constructor(putOf: PutByMark) {
    this.#stream = new StreamProgress((logGroup, logStream) => putOf("log group", logGroup, logStream));
    this.#queue = new QueueProgress((bucket, key) => putOf("access logs", bucket, key));
  }

  /** Records were read from a stream. */
  read(records: readonly KinesisStreamRecord[]): void {
    this.#stream.read(records);
  }

  /** A function is invoked with an event; a retry counts once. */
  invoked(event: unknown): void {
    this.#stream.invoked(event);
    this.#queue.invoked(event);
  }

  /** What it knows is of puts that are over. */
  forget(): void {
    this.#stream.forget();
  }
}

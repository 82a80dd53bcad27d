import type { IndexSlots } from "../events/index-slot";
import type { TimeLimits } from "../events/limits";
import type { StreamParsing } from "../parsers/message-parsing";
import type { RecordFields } from "../sinks/opensearch/document";
import type { Lines } from "../sinks/opensearch/pack";
import type { Memory } from "./wasm-encoder";

/** An envelope in the encoder's memory, until the next one is opened. */
export interface OpenEnvelope {
  readonly owner: string;
  readonly logGroup: string;
  /** The record's position in the batch. */
  readonly record: number;
  readonly fields: RecordFields;
  readonly indices: IndexSlots;
  readonly times: TimeLimits;
  readonly parsing: StreamParsing | undefined;
  /** Addresses in the encoder's memory. */
  readonly end: number;
  readonly firstId: number;
  /** See `EnvelopeTail`. */
  readonly tailLength: number;
}

/** Decides which lines its memory holds. */
interface Owner {
  /** @throws StaleLinesError unless `lines` were encoded last */
  assertCurrent(lines: EncodedLines): void;
}

/** Lines of some of an envelope's events, in the encoder's memory. They are stale as soon as it encodes or opens anything else. */
export class EncodedLines implements Lines {
  readonly record: number;
  readonly events: number;
  readonly #owner: Owner;
  readonly #buffer: Buffer;
  readonly #ends: Uint32Array;

  /**
   * @param position the first event's position in the record
   * @param isLast whether the envelope has no further events
   */
  constructor(
    owner: Owner,
    readonly envelope: OpenEnvelope,
    readonly position: number,
    { out, ends }: Memory,
    readonly isLast: boolean,
  ) {
    this.record = envelope.record;
    this.events = ends[0]!;
    this.#owner = owner;
    this.#buffer = out;
    this.#ends = ends.subarray(1, 1 + this.events);
  }

  /** @throws StaleLinesError */
  get buffer(): Buffer {
    this.#owner.assertCurrent(this);
    return this.#buffer;
  }

  /** @throws StaleLinesError */
  get ends(): Uint32Array {
    this.#owner.assertCurrent(this);
    return this.#ends;
  }
}

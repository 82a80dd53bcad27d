import type { Lines } from "../sinks/opensearch/pack";
import type { OpenEnvelope } from "./open-envelope";
import type { Memory } from "./wasm-encoder";

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

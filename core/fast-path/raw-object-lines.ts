import type { ObjectLine, ObjectLines } from "../sinks/opensearch/object-lines";
import type { RawLines } from "../sources/s3/line-texts";

/** Those of an object's lines that are events, as they are in the object. */
export class RawObjectLines implements ObjectLines {
  readonly length: number;
  /** The place of each event in `raw`. @default all lines are events */
  readonly #places: Uint32Array | undefined;

  /** @param firstLine number of the first line in the object, 0-based */
  constructor(
    readonly raw: RawLines,
    readonly firstLine: number,
  ) {
    const { places } = raw;
    const events = new Uint32Array(raw.length);
    let length = 0;
    for (let i = 0; i < events.length; i++) if (places[2 * i] !== places[2 * i + 1]) events[length++] = i;
    this.length = length;
    if (length < events.length) this.#places = events.subarray(0, length);
  }

  at(position: number): ObjectLine | undefined {
    return position < this.length ? this.lineAt(this.#places?.[position] ?? position) : undefined;
  }

  /** @param place in `raw` */
  lineAt(place: number): ObjectLine {
    return { line: this.firstLine + place, message: this.raw.at(place)! };
  }
}

import { type FieldPlace, type PutText, putAt, stepsOfPuts } from "./field-put";
import { ShapeBuilder, type SlotOf } from "./field-shape";
import type { LayoutTexts } from "./layout-part";
import type { FieldShape, SlotValues } from "./parsed-message";
import type { SpanStep } from "./span-step";

/** The fields of a format that has layouts: of each column where its text goes. A text that is none of its field's kind is left out. */
export class LayoutTable {
  readonly #builder = new ShapeBuilder();
  readonly #puts: readonly (readonly PutText[])[];
  readonly #constants: readonly (readonly [slot: number, text: string])[];

  /** @param constants what each line has, by the dotted path of its field. @default nothing */
  constructor(columns: readonly (readonly FieldPlace[])[], constants: Readonly<Record<string, string>> = {}) {
    this.#constants = Object.entries(constants).map(([path, text]) => [this.slotOf(path), text]);
    this.#puts = columns.map((places) => places.map((place) => putAt(place, this.slotOf)));
  }

  get shape(): FieldShape {
    return this.#builder.shape;
  }

  get slots(): number {
    return this.#builder.slots;
  }

  /** What the WASM encoder does with each column. */
  get steps(): readonly (readonly SpanStep[])[] {
    return this.#puts.map(stepsOfPuts);
  }

  /** What each line has in a slot. */
  get constants(): readonly (readonly [slot: number, text: string])[] {
    return this.#constants;
  }

  /** For what the parser of the format puts beside the columns; before the first message. */
  get slotOf(): SlotOf {
    return this.#builder.slotOf;
  }

  valuesOf(texts: LayoutTexts): SlotValues {
    const values: SlotValues = new Array(this.#builder.slots).fill(undefined);
    for (const [slot, text] of this.#constants) values[slot] = text;
    this.put(values, texts);
    return values;
  }

  /** Puts the columns beside what other parts of a message have put. */
  put(values: SlotValues, texts: LayoutTexts): void {
    for (const [i, puts] of this.#puts.entries()) {
      const text = texts[i];
      if (text !== undefined) for (const put of puts) put(values, text);
    }
  }
}

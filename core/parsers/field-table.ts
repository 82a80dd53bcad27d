import { type FieldPlace, type FieldWriter, type PutText, putAt, stepsOfPuts } from "./field-put";
import { ShapeBuilder, type SlotOf } from "./field-shape";
import { isAbsent } from "./field-values";
import { textOf } from "./json-members";
import type { FieldShape, SlotValues } from "./parsed-message";
import type { SpanStep } from "./span-step";

/** A field of a line: the name that AWS or the server gives it, and where it goes. */
export type LineField = readonly [name: string, ...places: readonly (FieldPlace | FieldWriter)[]];

/** More are nobody's fields, and each is a value that an engine has to index. */
const MAX_ADDITIONAL_FIELDS = 100;

/** ELB's time of what did not happen, and the priority of a rule that failed. */
const NO_MEASUREMENT = "-1";

interface TableOptions {
  /** `event.dataset` of each line. */
  dataset: string;
  /** Of an array of texts: what the table has no place for, up to 100 of a line's end. */
  additionalFields: string;
}

/**
 * The fields of a format, in the order of a line. A line may have fewer fields, and more: servers append fields, and those before
 * stay where they are. Texts that are empty or `-` have no value and are left out. Those that are none of their field's kind are
 * additional fields: `elb_status_code=none`.
 */
export class FieldTable {
  readonly names: readonly string[];
  readonly #builder = new ShapeBuilder();
  readonly #puts: readonly (readonly PutText[])[];
  readonly #dataset: string;
  readonly #datasetSlot = this.slotOf("event.dataset");
  readonly #additionalFields: number;

  constructor({ dataset, additionalFields }: TableOptions, fields: readonly LineField[]) {
    this.#dataset = dataset;
    this.names = fields.map(([name]) => name);
    this.#puts = fields.map(([, ...places]) => places.map((place) => putAt(place, this.slotOf)));
    this.#additionalFields = this.slotOf(additionalFields);
  }

  get shape(): FieldShape {
    return this.#builder.shape;
  }

  get slots(): number {
    return this.#builder.slots;
  }

  /** What the WASM encoder does with each field. */
  get steps(): readonly (readonly SpanStep[])[] {
    return this.#puts.map(stepsOfPuts);
  }

  /** What each line has in a slot. */
  get constants(): readonly (readonly [slot: number, text: string])[] {
    return [[this.#datasetSlot, this.#dataset]];
  }

  /** For what the parser of the format puts beside the table's fields; before the first message. */
  get slotOf(): SlotOf {
    return this.#builder.slotOf;
  }

  /** @param texts in the order of the table */
  valuesOf(texts: readonly string[]): SlotValues {
    const values: SlotValues = new Array(this.#builder.slots).fill(undefined);
    values[this.#datasetSlot] = this.#dataset;
    const known = Math.min(texts.length, this.#puts.length);
    const unread: string[] = [];
    for (let i = 0; i < known; i++) {
      const text = texts[i]!;
      if (isAbsent(text)) continue;
      const puts = this.#puts[i]!;
      let isRead = puts.length === 0;
      for (const put of puts) if (put(values, text)) isRead = true;
      if (!isRead && text !== NO_MEASUREMENT) unread.push(`${this.names[i]}=${text}`);
    }
    if (texts.length > known || unread.length > 0) {
      const surplus = texts.slice(known, known + MAX_ADDITIONAL_FIELDS).filter((text) => !isAbsent(text));
      if (unread.length + surplus.length > 0) values[this.#additionalFields] = [...unread, ...surplus];
    }
    return values;
  }

  /**
   * The texts of the JSON form of a line, whose members have the names of the table. Others come last, as `name=value`.
   *
   * @param members of `exactObject`
   * @returns undefined if a member is an object or array: the object is no line
   */
  textsOfMembers(members: Readonly<Record<string, unknown>>): string[] | undefined {
    const texts = new Map<string, string>();
    for (const [name, value] of Object.entries(members)) {
      const text = value === null ? "" : textOf(value);
      if (text === undefined) return undefined;
      texts.set(name, text);
    }
    const known = this.names.map((name) => texts.get(name) ?? "");
    for (const name of this.names) texts.delete(name);
    const others = [...texts].filter(([, text]) => !isAbsent(text)).map(([name, text]) => `${name}=${text}`);
    return [...known, ...others];
  }
}

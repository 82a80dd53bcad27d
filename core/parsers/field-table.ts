import { type FieldPath, fieldPath, putField } from "./field-path";
import { type FieldReader, isAbsent } from "./field-values";
import { textOf } from "./json-members";
import type { FieldTree } from "./parsed-message";

/** Where a field goes, dotted, and how its text is read. */
export type FieldPlace = readonly [path: string, read: FieldReader];

/** Puts what several fields share, or what consists of several fields, such as a request line. */
export type FieldWriter = (fields: FieldTree, text: string) => void;

/** A field of a line: the name that AWS or the server gives it, and where it goes. */
export type LineField = readonly [name: string, ...places: readonly (FieldPlace | FieldWriter)[]];

interface Slot {
  /** An index of #objects. */
  object: number;
  name: string;
  read: FieldReader;
}

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
  readonly #slots: readonly (readonly Slot[])[];
  readonly #writers: readonly (readonly FieldWriter[])[];
  /** Objects of a document: the object that each is a member of, and its name there. The document itself is the first. */
  readonly #objects: { parent: number; name: string }[] = [
    { parent: 0, name: "" },
    { parent: 0, name: "event" },
  ];
  readonly #dataset: string;
  readonly #additionalFields: FieldPath;

  constructor({ dataset, additionalFields }: TableOptions, fields: readonly LineField[]) {
    this.#dataset = dataset;
    this.#additionalFields = fieldPath(additionalFields);
    this.names = fields.map(([name]) => name);
    const places = fields.map(([, ...each]) => each);
    this.#writers = places.map((each) => each.filter((place) => typeof place === "function"));
    this.#slots = places.map((each) =>
      each.flatMap((place) => (typeof place === "function" ? [] : [this.#slot(fieldPath(place[0]), place[1])])),
    );
  }

  /** @param texts in the order of the table */
  fieldsOf(texts: readonly string[]): FieldTree {
    const fields: FieldTree = { event: { dataset: this.#dataset } };
    const objects: (FieldTree | undefined)[] = [fields, fields.event as FieldTree];
    const known = Math.min(texts.length, this.#slots.length);
    const unread: string[] = [];
    for (let i = 0; i < known; i++) {
      const text = texts[i]!;
      if (isAbsent(text)) continue;
      const [slots, writers] = [this.#slots[i]!, this.#writers[i]!];
      let isRead = slots.length === 0;
      for (const { object, name, read } of slots) {
        const value = read(text);
        if (value === undefined) continue;
        this.#objectOf(objects, object)[name] = value;
        isRead = true;
      }
      for (const write of writers) write(fields, text);
      if (!isRead && text !== NO_MEASUREMENT) unread.push(`${this.names[i]}=${text}`);
    }
    if (texts.length > known || unread.length > 0) {
      const surplus = texts.slice(known, known + MAX_ADDITIONAL_FIELDS).filter((text) => !isAbsent(text));
      if (unread.length + surplus.length > 0) putField(fields, this.#additionalFields, [...unread, ...surplus]);
    }
    return fields;
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

  #slot(path: FieldPath, read: FieldReader): Slot {
    let object = 0;
    for (const name of path.slice(0, -1)) {
      const known = this.#objects.findIndex((each, i) => i > 0 && each.parent === object && each.name === name);
      object = known < 0 ? this.#objects.push({ parent: object, name }) - 1 : known;
    }
    return { object, name: path.at(-1)!, read };
  }

  /** @param objects those of the document that exist, in the order of #objects */
  #objectOf(objects: (FieldTree | undefined)[], index: number): FieldTree {
    const existing = objects[index];
    if (existing) return existing;
    const { parent, name } = this.#objects[index]!;
    const owner = this.#objectOf(objects, parent);
    // A writer may have made it.
    owner[name] ??= {};
    objects[index] = owner[name] as FieldTree;
    return objects[index];
  }
}

import type { Resource } from "./resources";

/** Reads attributes of a resource. What the plan does not know yet, or has with another type, is the default. */
export class Attributes {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  static of = ({ values }: Resource): Attributes => new Attributes(values);

  number(name: string, otherwise: number): number {
    const value = this.values[name];
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : otherwise;
  }

  text(name: string, otherwise = ""): string {
    const value = this.values[name];
    return typeof value === "string" ? value : otherwise;
  }

  is(name: string): boolean {
    return this.values[name] === true;
  }

  list(name: string): readonly unknown[] {
    const value = this.values[name];
    return Array.isArray(value) ? value : [];
  }

  /** The first of nested blocks; without attributes where there is none. */
  block(name: string): Attributes {
    return this.blocks(name)[0] ?? new Attributes({});
  }

  blocks(name: string): readonly Attributes[] {
    return this.list(name)
      .filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null)
      .map((each) => new Attributes(each));
  }

  has(name: string): boolean {
    return this.list(name).length > 0;
  }

  /** A map of texts. */
  texts(name: string): Readonly<Record<string, string>> {
    const value = this.values[name];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  }
}

import { given } from "./given";
import { validationError } from "./parse-variables";
import type { Variable } from "./variable";

/** The values that a member may have. */
export type MemberRule<T> = Pick<Variable<T>, "allowed" | "parse" | "mistakesIn">;

/** Reads the members of a JSON object. A member that is missing or not allowed is an error, and is read as undefined. */
export class JsonMembers {
  /** A map, because a log group may have the name of what every object inherits. */
  readonly #members: ReadonlyMap<string, unknown>;

  private constructor(
    members: object,
    private readonly path: string,
    readonly errors: string[],
  ) {
    this.#members = new Map(Object.entries(members));
  }

  /**
   * @param path before the names of its members in errors, such as `history[0].`; "": it is the whole text
   * @param errors to which its own are added
   * @returns undefined after an error, if `value` is no JSON object
   */
  static of(value: unknown, path: string, allowed: string, errors: string[]): JsonMembers | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return new JsonMembers(value, path, errors);
    // A file that was given by mistake may hold anything.
    const written = path === "" ? "no JSON object" : value === undefined ? "missing" : noneOf("JSON object", value);
    errors.push(`${path.slice(0, -1) || "The text"} is ${written}. Allowed: ${allowed}.`);
    return undefined;
  }

  text<T>(name: string, rule: MemberRule<T>): T | undefined {
    return this.value(name, "string", rule);
  }

  number(name: string, rule: MemberRule<number>): number | undefined {
    return this.value(name, "number", rule);
  }

  /** Returns a member that is an object of texts. */
  texts<T>(name: string, rule: MemberRule<T>): ReadonlyMap<string, T | undefined> {
    const members = JsonMembers.of(this.#members.get(name), `${this.path}${name}.`, "an object of texts", this.errors);
    return new Map([...(members?.names ?? [])].map((key) => [key, members!.text(key, rule)]));
  }

  /** Returns the members of a member that is an object of objects. */
  objectsByName(name: string, allowed: string): ReadonlyMap<string, JsonMembers> {
    const path = `${this.path}${name}`;
    const given = JsonMembers.of(this.#members.get(name), `${path}.`, allowed, this.errors);
    return new Map(
      [...(given ? given.#members : [])].flatMap(([key, value]) => {
        const members = JsonMembers.of(value, `${path}[${JSON.stringify(key)}].`, allowed, this.errors);
        return members ? [[key, members] as const] : [];
      }),
    );
  }

  /** Returns the elements of a member that is an array of objects. */
  objects(name: string, allowed: string): JsonMembers[] {
    const elements = this.#members.get(name);
    if (!Array.isArray(elements)) {
      this.errors.push(
        `${this.path}${name} is ${elements === undefined ? "missing" : noneOf("JSON list", elements)}. Allowed: ${allowed}.`,
      );
      return [];
    }
    return elements
      .map((element, i) => JsonMembers.of(element, `${this.path}${name}[${i}].`, allowed, this.errors))
      .filter((element) => element !== undefined);
  }

  /** Whether a member is there, and not null. */
  has(name: string): boolean {
    return (this.#members.get(name) ?? undefined) !== undefined;
  }

  /** Returns a member that is an array of texts: one at least. */
  list<T>(name: string, rule: MemberRule<T>, maximum: number): T[] {
    const all = this.#members.get(name);
    const values = Array.isArray(all) ? all.map((one) => (typeof one === "string" ? rule.parse(one) : undefined)) : [];
    const parsed = values.filter((one) => one !== undefined);
    if (parsed.length === 0 || parsed.length < values.length || parsed.length > maximum) {
      const written = all === undefined ? "missing" : given(all);
      this.errors.push(`${this.path}${name} is ${written}. Allowed: ${rule.allowed}.`);
    }
    return parsed;
  }

  /** A member that is none of `names` is an error, unless it is null. */
  refuseOthers(names: readonly string[]): void {
    for (const name of this.names) {
      if (this.has(name) && !names.includes(name)) this.wrong(`has ${JSON.stringify(name)}`, names.join(", "));
    }
  }

  /** Adds the error that the object itself is not allowed. @param given completes "[0] …" */
  wrong(given: string, allowed: string): void {
    this.errors.push(`${this.path.slice(0, -1)} ${given}. Allowed: ${allowed}.`);
  }

  private get names(): Iterable<string> {
    return this.#members.keys();
  }

  private value<T>(name: string, type: "string" | "number", rule: MemberRule<T>): T | undefined {
    const value = this.#members.get(name);
    const parsed = typeof value === type ? rule.parse(String(value)) : undefined;
    if (parsed !== undefined) return parsed;
    const path = `${this.path}${name}`;
    if (value === undefined) this.errors.push(`${path} is missing. Allowed: ${rule.allowed}.`);
    else if (typeof value === "string") {
      this.errors.push(...(rule.mistakesIn?.(value, path) ?? [validationError(path, value, rule)]));
    } else {
      const kind = typeof value === type ? "" : `, no ${type === "string" ? "text" : type}`;
      this.errors.push(`${path} is ${given(value)}${kind}. Allowed: ${rule.allowed}.`);
    }
    return undefined;
  }
}

/** @param value of what JSON was to be: null is what is no JSON at all, too */
const noneOf = (kind: string, value: unknown): string =>
  value === null ? `no ${kind}` : `${given(value)}, no ${kind}`;

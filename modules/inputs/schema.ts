import type { IResolvable } from "cdktf";
import { PARSER_NAMES } from "../../core/settings/parser-names";
import type { InputRule } from "./rules";

/** The type of an input: the source of Terraform's type constraint and of the construct's prop type. */
export interface Schema<T = unknown> {
  readonly kind: "string" | "number" | "bool" | "list" | "map" | "object";
  /** Rules of the value as a whole. */
  readonly rules: readonly InputRule[];
  /** Rules of each key of a map. */
  readonly keyRules?: readonly InputRule[];
  /** Of a list or a map. */
  readonly element?: Schema;
  /** Of an object; camelCase here and in props, snake_case in Terraform. */
  readonly fields?: Fields;
  /** Carries the type; never set. */
  readonly value?: T;
}

/** An input, or a field of an object: type, description and default. */
export interface Field<S extends Schema = Schema, D = unknown> {
  readonly schema: S;
  readonly description: string;
  /** `null`: no default, and null is allowed. `undefined`: the value is required. */
  readonly default: D;
}

export type Fields = Readonly<Record<string, Field>>;

type TypeOf<S> = S extends Schema<infer T> ? T : never;
type Required<F extends Fields> = { [K in keyof F]: F[K]["default"] extends undefined ? K : never }[keyof F];

/** The type of a prop. */
export type Given<F extends Field> = TypeOf<F["schema"]> | (F["default"] extends null ? null : never);

/** The props of these fields; each may also be a token. */
export type Props<F extends Fields> = {
  readonly [K in keyof F as K extends Required<F> ? never : K]?: Given<F[K]> | IResolvable | undefined;
} & { readonly [K in Required<F>]: Given<F[K]> | IResolvable };

export const string = (...rules: InputRule[]): Schema<string> => ({ kind: "string", rules });
export const number = (...rules: InputRule[]): Schema<number> => ({ kind: "number", rules });
export const bool = (): Schema<boolean> => ({ kind: "bool", rules: [] });
export const list = <T>(element: Schema<T>, ...rules: InputRule[]): Schema<readonly T[]> => ({
  kind: "list",
  element,
  rules,
});
export const object = <F extends Fields>(
  fields: F,
  ...rules: InputRule[]
): Schema<Props<F>> & { readonly fields: F } => ({
  kind: "object",
  fields,
  rules,
});

export const map = <T>(
  element: Schema<T>,
  keyRules: InputRule[],
  ...rules: InputRule[]
): Schema<Readonly<Record<string, T>>> => ({
  kind: "map",
  element,
  keyRules,
  rules,
});

export const field = <S extends Schema, const D extends TypeOf<S> | null>(
  schema: S,
  value: D,
  description: string,
): Field<S, D extends null ? null : TypeOf<S>> => ({
  schema,
  default: value as D extends null ? null : TypeOf<S>,
  description,
});

export const required = <S extends Schema>(schema: S, description: string): Field<S, undefined> => ({
  schema,
  default: undefined,
  description,
});

/** Terraform's names of the attributes of each object, by its place, in which maps and lists are left out: `log_groups.rules`. */
export function attributesByPath(fields: Fields, parent = ""): Record<string, string[]> {
  const inside = Object.entries(fields).map(([name, { schema }]) => {
    let each: Schema | undefined = schema;
    while (each?.element) each = each.element;
    return each?.fields && ([`${parent}${snakeCase(name)}`, each.fields] as const);
  });
  return Object.assign(
    {},
    ...inside
      .filter((entry) => entry !== undefined)
      .map(([path, own]) => ({ [path]: Object.keys(own).map(snakeCase), ...attributesByPath(own, `${path}.`) })),
  );
}

/** `retentionInDays` → `retention_in_days` */
export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `retention_in_days` → `retentionInDays`, anywhere in a text. Names of parsers stay. */
export const camelCase = (text: string): string =>
  text.replaceAll(/\w+/g, (word) =>
    (PARSER_NAMES as readonly string[]).includes(word)
      ? word
      : word.replaceAll(/(?<=[a-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );

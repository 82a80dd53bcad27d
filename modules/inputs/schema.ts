import type { IResolvable } from "cdktf";
import type { Rule } from "./rules";

/** The type of an input: Terraform's type constraint and the type of the construct's prop come from the same value. */
export interface Schema<T = unknown> {
  readonly kind: "string" | "number" | "bool" | "list" | "map" | "object";
  /** About the value as a whole. */
  readonly rules: readonly Rule[];
  /** About each key of a map. */
  readonly keyRules?: readonly Rule[];
  /** Of a list or a map. */
  readonly element?: Schema;
  /** Of an object; camelCase here and in props, snake_case in Terraform. */
  readonly fields?: Fields;
  /** Carries the type only; never set. */
  readonly value?: T;
}

/** An input, or a field of an object: a type, what it is for, and what it is when nothing is given. */
export interface Field<S extends Schema = Schema, D = unknown> {
  readonly schema: S;
  readonly description: string;
  /** `null`: there is none, and null may be given. `undefined`: it must be given. */
  readonly default: D;
}

export type Fields = Readonly<Record<string, Field>>;

type TypeOf<S> = S extends Schema<infer T> ? T : never;
type Required<F extends Fields> = { [K in keyof F]: F[K]["default"] extends undefined ? K : never }[keyof F];

/** What a caller may give for one field. */
export type Given<F extends Field> = TypeOf<F["schema"]> | (F["default"] extends null ? null : never);

/** What a caller may give for these fields; each value may also be a token. */
export type Props<F extends Fields> = {
  readonly [K in keyof F as K extends Required<F> ? never : K]?: Given<F[K]> | IResolvable | undefined;
} & { readonly [K in Required<F>]: Given<F[K]> | IResolvable };

export const string = (...rules: Rule[]): Schema<string> => ({ kind: "string", rules });
export const number = (...rules: Rule[]): Schema<number> => ({ kind: "number", rules });
export const bool = (): Schema<boolean> => ({ kind: "bool", rules: [] });
export const list = (element: Schema<string>, ...rules: Rule[]): Schema<readonly string[]> => ({
  kind: "list",
  element,
  rules,
});
export const object = <F extends Fields>(fields: F): Schema<Props<F>> & { readonly fields: F } => ({
  kind: "object",
  fields,
  rules: [],
});

export const map = <T>(
  element: Schema<T>,
  keyRules: Rule[],
  ...rules: Rule[]
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

/** `retentionInDays` → `retention_in_days` */
export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `retention_in_days` → `retentionInDays`, wherever it stands in a text. */
export const camelCase = (text: string): string =>
  text.replaceAll(/(?<=[a-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase());

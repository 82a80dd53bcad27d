import { propertyAccess, Token } from "cdktf";
import { type Expression, hcl } from "../terraform/expression";
import { type Field, type Fields, type Given, type Schema, snakeCase } from "./schema";

/** The inputs as expressions; those that are objects as the expressions of their fields. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K]["schema"] extends { readonly fields: infer G extends Fields } ? Values<G> : Expression;
};

/** The inputs as they are given, completed by the defaults; what a null object would hold is null too. */
export type Literals<F extends Fields> = {
  readonly [K in keyof F]: F[K]["schema"] extends { readonly fields: infer G extends Fields }
    ? F[K]["default"] extends null
      ? { readonly [N in keyof Literals<G>]: Literals<G>[N] | null }
      : Literals<G>
    : Given<F[K]>;
};

export function literalsOf<F extends Fields>(inputs: F, given: Readonly<Record<string, unknown>>): Literals<F> {
  const literals = Object.entries(inputs).map(([name, { schema, default: value }]) => {
    const own = given[name] ?? value;
    const isObject = schema.fields !== undefined && !Token.isUnresolved(own);
    return [name, isObject ? literalsOf(schema.fields, (own ?? {}) as Record<string, unknown>) : (own ?? null)];
  });
  return Object.fromEntries(literals);
}

/** @param given props without mistakes: tokens, or literals, which are completed by the defaults */
export function valuesOf<F extends Fields>(inputs: F, given: Readonly<Record<string, unknown>>): Values<F> {
  const values = Object.entries(inputs).map(([name, field]) => [name, resolveField(field, given[name])]);
  return Object.fromEntries(values);
}

function resolveField({ schema, default: value }: Field, given: unknown): Expression | Values<Fields> {
  const own = given ?? value;
  if (schema.fields === undefined) {
    return hcl`${complete(schema, own)}`;
  }
  if (own === null || Token.isUnresolved(own)) {
    return attributesOf(schema.fields, own, value === null);
  }
  return valuesOf(schema.fields, own as Record<string, unknown>);
}

function attributesOf(fields: Fields, object: unknown, isNullable: boolean): Values<Fields> {
  const attributes = Object.keys(fields).map((name) => {
    const path = isNullable ? ["*", snakeCase(name)] : [snakeCase(name)];
    const attribute = propertyAccess(object, path);
    // A splat makes an empty list of null, and one() makes null of that.
    return [name, isNullable ? hcl`one(${attribute})` : hcl`${attribute}`];
  });
  return Object.fromEntries(attributes);
}

/** A literal with the defaults of its fields and with Terraform's names; a token as it is. */
export function complete({ fields, element, kind }: Schema, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Token.isUnresolved(value)) {
    return value;
  }
  if (fields) {
    const own = value as Record<string, unknown>;
    const entries = Object.entries(fields).map(([name, field]) => [
      snakeCase(name),
      complete(field.schema, own[name] ?? field.default),
    ]);
    return Object.fromEntries(entries);
  }
  return kind === "map"
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, complete(element!, each)]))
    : value;
}

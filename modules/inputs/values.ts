import { propertyAccess, Token } from "cdktf";
import { type Expression, hcl } from "../terraform/expression";
import { type Field, type Fields, type Given, type Schema, snakeCase } from "./schema";

/** The inputs as expressions; objects as expressions of their fields. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K]["schema"] extends { readonly fields: infer G extends Fields } ? Values<G> : Expression;
};

/** The given inputs, completed by the defaults. The fields of a null object are null. */
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

/** @param given valid props: tokens, or literals, which the defaults complete */
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
  const attributes = Object.entries(fields).map(([name, { schema, default: value }]) => {
    const path = isNullable ? ["*", snakeCase(name)] : [snakeCase(name)];
    const attribute = propertyAccess(object, path);
    // A splat turns null into an empty list, and one() turns that into null.
    const own = isNullable ? hcl`one(${attribute})` : hcl`${attribute}`;
    return [name, schema.fields === undefined ? own : attributesOf(schema.fields, own, value === null)];
  });
  return Object.fromEntries(attributes);
}

/** A literal with defaults for its fields and with Terraform's names; a token unchanged. */
export function complete({ fields, element, kind }: Schema, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Token.isUnresolved(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => complete(element!, each));
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

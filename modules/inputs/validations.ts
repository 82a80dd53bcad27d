import type { TerraformVariableValidationConfig } from "cdktf";
import { allowedText } from "./mistakes";
import { notNull, type Rule } from "./rules";
import { type Field, type Schema, snakeCase } from "./schema";

/** Where values lie in a variable. */
interface Place {
  /** A Terraform expression. */
  readonly value: string;
  /** What a message calls it; may contain `${key}`. */
  readonly path: string;
  readonly isNullable: boolean;
  /** Set when there are many: `key, each in var.log_groups`. */
  readonly loop?: string;
}

type RuleAt = readonly [Rule, Place];

/** The `validation` blocks of a variable: each names the values that break its rule, and tells what is allowed. */
export function validationsOf(
  variable: string,
  { schema, default: value }: Field,
): TerraformVariableValidationConfig[] {
  const place: Place = { value: `var.${variable}`, path: variable, isNullable: value === null };
  return rulesOf(schema, place).map(([rule, at]) => (at.loop ? forMany(rule, at, at.loop) : forOne(rule, at)));
}

function forOne(rule: Rule, { value, path, isNullable }: Place): TerraformVariableValidationConfig {
  const holds = rule.condition(value);
  return {
    // A conditional, because Terraform's "||" evaluates both of its sides.
    condition: `\${${isNullable ? `${value} == null ? true : ${holds}` : holds}}`,
    errorMessage: `${path} = \${jsonencode(${value})}: ${allowedText(rule)}.`,
  };
}

function forMany(rule: Rule, { value, path }: Place, loop: string): TerraformVariableValidationConfig {
  const given = value === "key" ? "" : ` = \${jsonencode(${value})}`;
  const broken = `[for ${loop} : "${path}${given}" if ${breaks(rule, value)}]`;
  return {
    condition: `\${length(${broken}) == 0}`,
    errorMessage: `\${join(", ", ${broken})}: ${allowedText(rule)}.`,
  };
}

function breaks(rule: Rule, value: string): string {
  if (rule === notNull) {
    return `${value} == null`;
  }
  const condition = rule.condition(value);
  if (value === "key") {
    return condition.includes(" && ") ? `!(${condition})` : `!${condition}`;
  }
  // A conditional, because Terraform's "||" evaluates both of its sides.
  return `!(each == null ? true : ${condition})`;
}

function rulesOf(schema: Schema, place: Place): RuleAt[] {
  return [...schema.rules.map((rule): RuleAt => [rule, place]), ...rulesInside(schema, place)];
}

function rulesInside({ kind, fields, element, keyRules = [] }: Schema, place: Place): RuleAt[] {
  if (fields) {
    return Object.entries(fields).flatMap(([name, field]) => {
      const attribute = snakeCase(name);
      const value = place.isNullable ? `try(${place.value}.${attribute}, null)` : `${place.value}.${attribute}`;
      const isNullable = place.isNullable || field.default === null;
      return rulesOf(field.schema, { ...place, value, isNullable, path: `${place.path}.${attribute}` });
    });
  }
  if (kind === "list") {
    const collection = place.isNullable ? `coalesce(${place.value}, [])` : place.value;
    const entry: Place = { loop: `each in ${collection}`, value: "each", path: place.path, isNullable: false };
    return [[notNull, entry], ...rulesOf(element!, entry)];
  }
  if (kind === "map") {
    const entry: Place = {
      loop: `key, each in ${place.value}`,
      value: "each",
      path: `${place.path}[\\"\${key}\\"]`,
      isNullable: false,
    };
    const rulesOfKeys = keyRules.map((rule): RuleAt => [rule, { ...entry, value: "key" }]);
    return [...rulesOfKeys, [notNull, entry], ...rulesOf(element!, entry)];
  }
  return [];
}

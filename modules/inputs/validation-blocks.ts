import type { TerraformVariableValidationConfig } from "cdktf";
import { type InputRule, notNull } from "./rules";
import { type Field, type Schema, snakeCase } from "./schema";
import { allowedText } from "./validation-errors";

/** The values in a variable that a rule is about. */
interface Target {
  /** A Terraform expression. */
  readonly value: string;
  /** Its name in messages; may contain `${key}`. */
  readonly path: string;
  readonly isNullable: boolean;
  /** Set for the elements of a collection: `key, each in var.log_groups`. */
  readonly loop?: string;
}

type TargetedRule = readonly [InputRule, Target];

/** The `validation` blocks of a variable. Each reports the values that break its rule, and what is allowed. */
export function validationBlocksOf(
  variable: string,
  { schema, default: value }: Field,
): TerraformVariableValidationConfig[] {
  const target: Target = { value: `var.${variable}`, path: variable, isNullable: value === null };
  return rulesOf(schema, target).map(([rule, target]) =>
    target.loop ? forMany(rule, target, target.loop) : forOne(rule, target),
  );
}

function forOne(rule: InputRule, { value, path, isNullable }: Target): TerraformVariableValidationConfig {
  const holds = rule.condition(value);
  return {
    // A conditional, because Terraform's "||" evaluates both of its sides.
    condition: `\${${isNullable ? `${value} == null ? true : ${holds}` : holds}}`,
    errorMessage: `${path} = \${jsonencode(${value})}: ${allowedText(rule)}.`,
  };
}

function forMany(rule: InputRule, { value, path }: Target, loop: string): TerraformVariableValidationConfig {
  const given = value === "key" ? "" : ` = \${jsonencode(${value})}`;
  const broken = `[for ${loop} : "${path}${given}" if ${breaks(rule, value)}]`;
  return {
    condition: `\${length(${broken}) == 0}`,
    errorMessage: `\${join(", ", ${broken})}: ${allowedText(rule)}.`,
  };
}

function breaks(rule: InputRule, value: string): string {
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

function rulesOf(schema: Schema, target: Target): TargetedRule[] {
  return [...schema.rules.map((rule): TargetedRule => [rule, target]), ...rulesInside(schema, target)];
}

function rulesInside({ kind, fields, element, keyRules = [] }: Schema, target: Target): TargetedRule[] {
  if (fields) {
    return Object.entries(fields).flatMap(([name, field]) => {
      const attribute = snakeCase(name);
      const value = target.isNullable ? `try(${target.value}.${attribute}, null)` : `${target.value}.${attribute}`;
      const isNullable = target.isNullable || field.default === null;
      return rulesOf(field.schema, { ...target, value, isNullable, path: `${target.path}.${attribute}` });
    });
  }
  if (kind === "list") {
    const collection = target.isNullable ? `coalesce(${target.value}, [])` : target.value;
    const entry: Target = { loop: `each in ${collection}`, value: "each", path: target.path, isNullable: false };
    return [[notNull, entry], ...rulesOf(element!, entry)];
  }
  if (kind === "map") {
    const entry: Target = {
      loop: `key, each in ${target.value}`,
      value: "each",
      path: `${target.path}[\\"\${key}\\"]`,
      isNullable: false,
    };
    const rulesOfKeys = keyRules.map((rule): TargetedRule => [rule, { ...entry, value: "key" }]);
    return [...rulesOfKeys, [notNull, entry], ...rulesOf(element!, entry)];
  }
  return [];
}

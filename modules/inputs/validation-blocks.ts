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
  /** Set for the elements of a collection. */
  readonly loop?: Loop;
}

/** A loop over a collection, which may be in another loop. */
interface Loop {
  /** `key, each in var.log_groups` */
  readonly head: string;
  /** The names of its variables. */
  readonly key: string;
  readonly each: string;
  readonly outer?: Loop;
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
    errorMessage: `${path} = \${jsonencode(${shownAtPlan(rule, value, isNullable)})}: ${allowedText(rule)}.`,
  };
}

function forMany(rule: InputRule, { value, path, isNullable }: Target, loop: Loop): TerraformVariableValidationConfig {
  const given = value === loop.key ? "" : ` = \${jsonencode(${shownAtPlan(rule, value)})}`;
  let broken = `[for ${loop.head} : "${path}${given}" if ${breaks(rule, value, isNullable, loop)}]`;
  for (let { outer } = loop; outer; { outer } = outer) broken = `flatten([for ${outer.head} : ${broken}])`;
  return {
    condition: `\${length(${broken}) == 0}`,
    errorMessage: `\${join(", ", ${broken})}: ${allowedText(rule)}.`,
  };
}

function shownAtPlan({ about }: InputRule, value: string, isNullable = false): string {
  if (!about) return value;
  // Terraform evaluates the message of a condition that holds, too.
  const shown = (attribute: string) => (isNullable ? `try(${value}.${attribute}, null)` : `${value}.${attribute}`);
  return `{ ${about
    .map(snakeCase)
    .map((name) => `${name} = ${shown(name)}`)
    .join(", ")} }`;
}

function breaks(rule: InputRule, value: string, isNullable: boolean, { key, each }: Loop): string {
  if (rule === notNull) {
    return `${value} == null`;
  }
  const condition = rule.condition(value);
  if (value === key) {
    return condition.includes(" && ") ? `!(${condition})` : `!${condition}`;
  }
  // A conditional, because Terraform's "||" evaluates both of its sides.
  return `!(${each} == null ? true : ${isNullable ? `${value} == null ? true : ` : ""}${condition})`;
}

function rulesOf(schema: Schema, target: Target): TargetedRule[] {
  return [...schema.rules.map((rule): TargetedRule => [rule, target]), ...rulesInside(schema, target)];
}

function rulesInside({ kind, fields, element, keyRules = [] }: Schema, target: Target): TargetedRule[] {
  if (fields) {
    return Object.entries(fields).flatMap(([name, field]) => rulesOfAttribute(snakeCase(name), field, target));
  }
  if (kind === "list") {
    const given = target.isNullable ? `coalesce(${target.value}, [])` : target.value;
    const entry = entryOf(target, given, "[]", ({ key }) => `[\${${key}}]`);
    return [[notNull, entry], ...rulesOf(element!, entry)];
  }
  if (kind === "map") {
    const given = target.isNullable ? `coalesce(${target.value}, {})` : target.value;
    const entry = entryOf(target, given, "{}", ({ key }) => `[\\"\${${key}}\\"]`);
    const rulesOfKeys = keyRules.map((rule): TargetedRule => [rule, { ...entry, value: variablesIn(target).key }]);
    return [...rulesOfKeys, [notNull, entry], ...rulesOf(element!, entry)];
  }
  return [];
}

function rulesOfAttribute(name: string, { schema, default: value }: Field, object: Target): TargetedRule[] {
  const attribute = {
    ...object,
    value: object.isNullable ? `try(${object.value}.${name}, null)` : `${object.value}.${name}`,
    path: `${object.path}.${name}`,
  };
  const isRequired = value === undefined;
  return [
    ...(isRequired ? [[givenIn(object), { ...attribute, isNullable: false }] as const] : []),
    ...rulesOf(schema, { ...attribute, isNullable: object.isNullable || isRequired || value === null }),
  ];
}

/** Of an attribute that an object has to have: Terraform takes null for it. */
const givenIn = ({ value: object, isNullable }: Target): InputRule => ({
  ...notNull,
  condition: (value) => `${isNullable ? `${object} == null ? true : ` : ""}${notNull.condition(value)}`,
});

type LoopVariables = Pick<Loop, "key" | "each">;

/** The variables of a loop over a collection: an inner loop must not hide those of the outer one. */
const variablesIn = ({ loop }: Target): LoopVariables =>
  loop ? { key: `${loop.key}_of`, each: `${loop.each}_of` } : { key: "key", each: "each" };

/**
 * An entry of a collection.
 *
 * @param given the collection as a Terraform expression
 * @param none an empty one
 * @param place of the entry in it, for messages
 */
function entryOf(collection: Target, given: string, none: string, place: (variables: LoopVariables) => string): Target {
  const variables = variablesIn(collection);
  const outer = collection.loop;
  // An outer entry may be null, which has a rule of its own.
  const head = `${variables.key}, ${variables.each} in ${outer ? `try(${given}, ${none})` : given}`;
  const loop = { ...variables, head, ...(outer && { outer }) };
  return { loop, value: variables.each, path: collection.path + place(variables), isNullable: false };
}

import { type Precondition, Token } from "cdktf";
import { LoggingPipelineError } from "../error";
import { type Expression, hcl, written } from "../terraform/expression";
import type { InputRule } from "./rules";
import { camelCase, type Fields, type Props, snakeCase } from "./schema";
import { haveTypes, validationErrors } from "./validation-errors";
import { complete, type Literals, literalsOf, type Values, valuesOf } from "./values";

/**
 * A rule between inputs. Before Terraform 1.9 a `validation` block refers to its own variable only, so a constraint
 * becomes a precondition of a resource.
 */
export interface Constraint<F extends Fields> {
  /** The input that is reported. */
  readonly path: string;
  /** Completes "allowed is …". */
  readonly allowed: string;
  /** The inputs that the rule compares. If one of them is a token, Terraform checks the rule at plan. */
  readonly decidedBy: readonly (keyof F)[];
  /** The values that break the rule: of a list as a whole, the list. */
  violations(inputs: Literals<F>): readonly unknown[];
  /** The same list as a Terraform expression. */
  violationsAtPlan(inputs: Values<F>): Expression;
}

/**
 * Validates what is known at synth: values by themselves and, where they have the right types, together.
 *
 * @param path of the construct, for the message
 * @throws LoggingPipelineError listing all validation errors
 */
export function validateProps<F extends Fields>(
  path: string,
  inputs: F,
  constraints: readonly Constraint<F>[],
  props: Props<F>,
): void {
  const hasTypes = ({ decidedBy }: Constraint<F>) =>
    decidedBy.every((name) => haveTypes({ [name]: inputs[name]! }, props as Record<string, unknown>));
  const comparable = constraints.filter(hasTypes);
  const errors = [...validationErrors(inputs, props), ...constraintErrors(comparable, literalsOf(inputs, props))];
  if (errors.length > 0) {
    throw new LoggingPipelineError(path, errors);
  }
}

function constraintErrors<F extends Fields>(constraints: readonly Constraint<F>[], inputs: Literals<F>): string[] {
  return constraints
    .filter((constraint) => isKnown(constraint, inputs))
    .flatMap(({ path, allowed, violations }) => {
      const values = violations(inputs);
      return values.length === 0
        ? []
        : [message(camelCase(path), values.map((value) => JSON.stringify(value)).join(", "), camelCase(allowed))];
    });
}

/** The constraints left to Terraform. Those between literals are not, because Terraform rejects such conditions. */
export const preconditions = <F extends Fields>(
  constraints: readonly Constraint<F>[],
  inputs: F,
  props: Props<F>,
): Precondition[] => [
  ...constraints
    .filter((constraint) => !isKnown(constraint, literalsOf(inputs, props)))
    .map(({ path, allowed, violationsAtPlan }) =>
      precondition(path, allowed, violationsAtPlan(valuesOf(inputs, props))),
    ),
  ...rulesOfTokens(inputs, props),
];

/** The rules between attributes of an object that is a literal with tokens in it: no variable validates it. */
function rulesOfTokens<F extends Fields>(inputs: F, props: Props<F>): Precondition[] {
  return Object.entries(inputs).flatMap(([name, { schema }]) => {
    const object: unknown = (props as Record<string, unknown>)[name];
    if (!schema.fields || Token.isUnresolved(object) || typeof object !== "object" || object === null) return [];
    const own = object as Record<string, unknown>;
    return schema.rules
      .filter(({ about = [] }) => about.some((attribute) => containsToken(own[attribute])))
      .map(({ about = [], allowed, condition }) => {
        const whole = complete(schema, own) as Record<string, unknown>;
        const members = Object.fromEntries(about.map(snakeCase).map((attribute) => [attribute, whole[attribute]]));
        const violations = hcl`[for given in [${members}] : given if !(${written(condition("given"))})]`;
        return precondition(snakeCase(name), allowed, violations);
      });
  });
}

const isKnown = <F extends Fields>({ decidedBy }: Constraint<F>, inputs: Literals<F>): boolean =>
  !decidedBy.some((name) => containsToken(inputs[name]));

/** Makes a constraint between inputs of a rule between the attributes of an object. @param path the input that is reported */
export function constraintOf<F extends Fields>(path: string, { about = [], ...rule }: InputRule): Constraint<F> {
  const membersOf = (inputs: object, nameOf: (name: string) => string) =>
    Object.fromEntries(about.map((name) => [nameOf(name), (inputs as Record<string, unknown>)[name]]));
  return {
    path,
    allowed: rule.allowed,
    decidedBy: about as readonly (keyof F)[],
    violations: (inputs) => [membersOf(inputs, (name) => name)].filter((given) => !rule.accepts(given)),
    violationsAtPlan: (inputs) =>
      hcl`[for given in [${membersOf(inputs, snakeCase)}] : given if !(${written(rule.condition("given"))})]`,
  };
}

/** @param violations a list, empty when the condition holds */
export const precondition = (path: string, allowed: string, violations: Expression): Precondition => ({
  condition: hcl`length(${violations}) == 0`.string,
  errorMessage: message(path, hcl`join(", ", [for value in ${violations} : jsonencode(value)])`.string, allowed),
});

const message = (path: string, given: string, allowed: string): string => `${path} = ${given}: allowed is ${allowed}.`;

function containsToken(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some(containsToken))
  );
}

import { type Precondition, Token } from "cdktf";
import { LoggingPipelineError } from "../error";
import { type Expression, hcl } from "../terraform/expression";
import { findMistakes } from "./mistakes";
import { camelCase, type Fields, type Props } from "./schema";
import { type Literals, literalsOf, type Values, valuesOf } from "./values";

/** A rule between inputs. A validation in Terraform sees one variable only, so these become preconditions. */
export interface Constraint<F extends Fields> {
  /** Whose value is wrong then. */
  readonly path: string;
  /** Completes "allowed is …". */
  readonly allowed: string;
  /** The inputs that decide; the rule is left to Terraform when one of them is a token. */
  readonly decidedBy: readonly (keyof F)[];
  /** What breaks the rule; empty when nothing does. */
  wrong(inputs: Literals<F>): readonly unknown[];
  /** The same as a Terraform expression. */
  wrongAtPlan(inputs: Values<F>): Expression;
}

/**
 * Checks what is known at synth.
 *
 * @param path of the construct, for the message
 * @throws LoggingPipelineError with all mistakes. Rules between values are only asked once each value is what it has to be
 */
export function refuseMistakes<F extends Fields>(
  path: string,
  inputs: F,
  constraints: readonly Constraint<F>[],
  props: Props<F>,
): void {
  const wrongValues = findMistakes(inputs, props);
  const mistakes = wrongValues.length > 0 ? wrongValues : brokenConstraints(constraints, literalsOf(inputs, props));
  if (mistakes.length > 0) {
    throw new LoggingPipelineError(path, mistakes);
  }
}

function brokenConstraints<F extends Fields>(constraints: readonly Constraint<F>[], inputs: Literals<F>): string[] {
  return constraints
    .filter((constraint) => isKnown(constraint, inputs))
    .flatMap(({ path, allowed, wrong }) => {
      const values = wrong(inputs);
      return values.length === 0 ? [] : [message(camelCase(path), JSON.stringify(values), camelCase(allowed))];
    });
}

/** Checks the rest; Terraform refuses conditions about nothing but literals. */
export const preconditions = <F extends Fields>(
  constraints: readonly Constraint<F>[],
  inputs: F,
  props: Props<F>,
): Precondition[] =>
  constraints
    .filter((constraint) => !isKnown(constraint, literalsOf(inputs, props)))
    .map(({ path, allowed, wrongAtPlan }) => precondition(path, allowed, wrongAtPlan(valuesOf(inputs, props))));

const isKnown = <F extends Fields>({ decidedBy }: Constraint<F>, inputs: Literals<F>): boolean =>
  !decidedBy.some((name) => containsToken(inputs[name]));

/** @param wrong a list, empty when the condition holds */
export const precondition = (path: string, allowed: string, wrong: Expression): Precondition => ({
  condition: hcl`length(${wrong}) == 0`.string,
  errorMessage: message(path, hcl`jsonencode(${wrong})`.string, allowed),
});

const message = (path: string, given: string, allowed: string): string => `${path} = ${given}: allowed is ${allowed}.`;

function containsToken(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" && value !== null && Object.values(value).some(containsToken))
  );
}

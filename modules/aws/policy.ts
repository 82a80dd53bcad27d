import { Expression, hcl } from "../terraform/expression";

/** One statement of an IAM, KMS or resource policy, as AWS writes it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, unknown>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statement if the condition holds, else null. */
export class ConditionalStatement extends Expression {
  constructor(
    readonly condition: Expression,
    readonly statement: Statement,
  ) {
    super(["(", " ? ", " : null)"], [condition, statement]);
  }
}

/** A policy as JSON, without statements that are null. The registry module has its statements as blocks. */
export class PolicyDocument extends Expression {
  /** @param further a list of statements, each as JSON */
  constructor(
    readonly statements: readonly (Statement | ConditionalStatement)[],
    readonly further?: Expression,
  ) {
    const own = hcl`[for statement in ${statements} : statement if statement != null]`;
    const all = further ? hcl`concat(${own}, [for text in ${further} : jsondecode(text)])` : own;
    super(['jsonencode({ Version = "2012-10-17", Statement = ', " })"], [all]);
  }
}

export const policy = (...statements: readonly (Statement | ConditionalStatement)[]): string =>
  new PolicyDocument(statements).string;

/** The statements, each under this condition and its own. */
export const statementsIf = (
  condition: Expression,
  statements: readonly (Statement | ConditionalStatement)[],
): ConditionalStatement[] =>
  statements.map((each) =>
    each instanceof ConditionalStatement
      ? new ConditionalStatement(hcl`(${condition}) && (${each.condition})`, each.statement)
      : new ConditionalStatement(condition, each),
  );

export const statementIf = (condition: Expression, statement: Statement): ConditionalStatement =>
  new ConditionalStatement(condition, statement);

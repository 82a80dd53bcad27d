import { Expression } from "../terraform/expression";

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
  constructor(readonly statements: readonly (Statement | ConditionalStatement)[]) {
    super(
      ['jsonencode({ Version = "2012-10-17", Statement = [for statement in ', " : statement if statement != null] })"],
      [statements],
    );
  }
}

export const policy = (...statements: readonly (Statement | ConditionalStatement)[]): string =>
  new PolicyDocument(statements).string;

export const statementIf = (condition: Expression, statement: Statement): ConditionalStatement =>
  new ConditionalStatement(condition, statement);

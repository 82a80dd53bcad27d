import { type Expression, hcl } from "./expression";

/** One statement of an IAM, KMS or resource policy, as AWS writes it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, unknown>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy document; an expression among the statements may be null, and is left out then. */
export const policy = (...statements: readonly (Statement | Expression)[]): string =>
  hcl`jsonencode({ Version = "2012-10-17", Statement = [for statement in ${statements} : statement if statement != null] })`
    .string;

/** The statement when the condition holds, else null. */
export const statementIf = (condition: Expression, statement: Statement): Expression =>
  hcl`(${condition} ? ${statement} : null)`;

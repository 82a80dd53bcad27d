import { type IResolvable, type IResolveContext, propertyAccess, Token, Tokenization } from "cdktf";

/** A Terraform expression that may contain tokens. An attribute takes it by the getter of the attribute's type. */
export class Expression implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(
    private readonly texts: readonly string[],
    private readonly values: readonly unknown[],
  ) {}

  get string(): string {
    return Token.asString(this);
  }

  get number(): number {
    return Token.asNumber(this);
  }

  get list(): string[] {
    return Token.asList(this);
  }

  get map(): Record<string, string> {
    return Token.asStringMap(this);
  }

  resolve(context: IResolveContext): string {
    const isNested = context.suppressBraces;
    context.suppressBraces = true;
    const text = this.texts.map((part, index) => (index === 0 ? "" : render(this.values[index - 1], context)) + part);
    return isNested ? text.join("") : `\${${text.join("")}}`;
  }

  toString(): string {
    return this.string;
  }
}

/**
 * An expression in Terraform's language: hcl`length(${props.logGroups}) > 0`. A value is an expression, another token, or
 * a literal that may contain tokens.
 */
export function hcl(texts: TemplateStringsArray, ...values: readonly unknown[]): Expression {
  return new Expression(texts.raw, values);
}

/** An expression that is there as a text. */
export const written = (text: string): Expression => new Expression([text], []);

/** A string literal of Terraform. cdktf's own rendering leaves quotes and backslashes unescaped. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

function render(value: unknown, context: IResolveContext): string {
  if (Tokenization.isResolvable(value)) {
    return String(context.resolve(value));
  }
  if (Token.isUnresolved(value)) {
    return String(context.resolve(propertyAccess(value, [])));
  }
  if (Array.isArray(value)) {
    return `[${value.map((element) => render(element, context)).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, element]) => `${literal(key)} = ${render(element, context)}`)
      .join(", ")} }`;
  }
  return typeof value === "string" ? literal(value) : String(value);
}

/** The first value that is not null. No conditional: its results would have to have one type, which lists in an app have not. */
export const firstGiven = (...values: readonly unknown[]): Expression =>
  hcl`[for given in ${values} : given if given != null][0]`;

/**
 * An argument that a resource requires and is not made without: for the literal null of an app, Terraform says that it is
 * missing, however many resources are made.
 *
 * @param standIn what the provider takes for the argument. @default a text
 */
export const requiredText = (value: Expression, standIn = "none"): string =>
  hcl`${value} == null ? ${standIn} : ${value}`.string;

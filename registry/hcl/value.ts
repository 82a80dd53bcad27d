import { layOut } from "./expression";
import { type Part, partsOf } from "./template";

/** The position of a value. */
export interface Position {
  /** Spaces before its line. */
  readonly indent: number;
  /** Characters before it on its line. */
  readonly used: number;
}

/** A longer template that computes values reads better as a call of format(). */
const LONGEST_TEMPLATE = 100;

/** A value of Terraform's JSON syntax in Terraform's own: `"${var.name}"` becomes `var.name`. */
export const valueText = (value: unknown, { indent, used }: Position): string =>
  typeof value === "string" && value.includes("\n") && !value.includes("${")
    ? heredoc(value, indent)
    : layOut(expressionOf(value), indent, used);

function heredoc(text: string, indent: number): string {
  const margin = " ".repeat(indent);
  // The line end before the delimiter belongs to the text.
  const lines = text.replace(/\n$/, "").split("\n");
  return ["<<-EOT", ...lines.map((line) => line && `${margin}  ${line}`), `${margin}EOT`].join("\n");
}

function expressionOf(value: unknown): string {
  if (typeof value === "string") {
    return templateText(partsOf(value));
  }
  if (Array.isArray(value)) {
    return `[${value.map(expressionOf).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)} = ${expressionOf(each)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return String(value);
}

function templateText(parts: readonly Part[]): string {
  const [first] = parts;
  if (parts.length === 1 && "expression" in first!) {
    return first.expression;
  }
  const expressions = parts.flatMap((part) => ("text" in part ? [] : [part.expression]));
  const quoted = `"${parts.map((part) => ("text" in part ? escaped(part.text) : `\${${part.expression}}`)).join("")}"`;
  if (quoted.length > LONGEST_TEMPLATE && !expressions.every(isReference)) {
    const text = parts.map((part) => ("text" in part ? escaped(part.text).replaceAll("%", "%%") : "%s")).join("");
    return `format("${text}", ${expressions.join(", ")})`;
  }
  return quoted;
}

const isReference = (expression: string): boolean => /^[\w.]+$/.test(expression);

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

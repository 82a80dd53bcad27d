import ts from "typescript";

/** Length of the texts that are shared where something is compared with them, too. */
const MIN_COMPARED = 10;

/** Of the variables: no other name begins so. */
const SIGN = "$";
const REST = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

/**
 * Has each text that a bundle repeats in it once, as the value of a variable at its root: the names of outcomes, of codes and of
 * documents' fields.
 *
 * @param code with nothing but directives before its first statement
 */
export function withSharedTexts(code: string): string {
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const names = namesOf(source);
  const parts: string[] = [];
  let from = 0;
  const put = (to: number, text: string, end: number): void => {
    parts.push(code.slice(from, to), text);
    from = end;
  };
  const visit = (node: ts.Node): void => {
    const name = isValue(node) ? names.get(node.text) : undefined;
    if (name === undefined) ts.forEachChild(node, visit);
    // A word before or behind a quotation mark needs no space: `case"a"`, `"a"in b`.
    else put(node.getStart(), `${spaceAt(code, node.getStart() - 1)}${name}${spaceAt(code, node.end)}`, node.end);
  };
  const isDirective = (one: ts.Node) => ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression);
  const first = source.statements.find((one) => !isDirective(one));
  if (!first || names.size === 0) return code;
  const declared = [...names].map(([text, name]) => `${name}=${JSON.stringify(text)}`);
  put(first.getStart(), `var ${declared};`, first.getStart());
  visit(source);
  return parts.join("") + code.slice(from);
}

const spaceAt = (code: string, position: number): string => (/[\w$]/.test(code[position] ?? "") ? " " : "");

/** The variables of all texts that take more room than one. */
function namesOf(source: ts.SourceFile): Map<string, string> {
  const uses = new Map<string, number>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if (isValue(node)) uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const free = REST.flatMap((a) => REST.map((b) => SIGN + a + b)).filter((name) => !used.has(name));
  const repeated = [...uses].filter(([text, count]) => {
    const length = JSON.stringify(text).length;
    return count * length > count * 3 + length + "$ab=,".length;
  });
  return new Map(repeated.slice(0, free.length).map(([text], i) => [text, free[i]!]));
}

/** Whether it is a text that a variable can take the place of. */
function isValue(node: ts.Node): node is ts.StringLiteral {
  if (!ts.isStringLiteral(node)) return false;
  const { parent } = node;
  // A directive.
  if (ts.isExpressionStatement(parent)) return false;
  // The name of a property, or of a package.
  if (("name" in parent && parent.name === node) || ("propertyName" in parent && parent.propertyName === node))
    return false;
  // What loops compare with, where a literal costs nothing.
  if ((ts.isBinaryExpression(parent) || ts.isCaseClause(parent)) && node.text.length < MIN_COMPARED) return false;
  return !(ts.isCallExpression(parent) && parent.expression.getText() === "require");
}

import ts from "typescript";

/** Characters of a name that is made, of which no local name has so many. */
const SHORT_LENGTH = 3;

/**
 * Shortens the names of what a bundle has at its root, but for functions and classes: stack traces have theirs.
 *
 * @param code whose names within functions have at most two characters
 */
export function withShortConstants(code: string): string {
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const names = shortNames(source);
  const parts: string[] = [];
  let from = 0;
  const visit = (node: ts.Node): void => {
    const short = ts.isIdentifier(node) ? names.get(node.text) : undefined;
    if (short !== undefined && !isPropertyName(node)) {
      const isShorthand = ts.isShorthandPropertyAssignment(node.parent);
      parts.push(code.slice(from, node.getStart()), isShorthand ? `${node.getText()}:${short}` : short);
      from = node.end;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return parts.join("") + code.slice(from);
}

function shortNames(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text.length <= SHORT_LENGTH || givesName(initializer)) continue;
      names.set(name.text, `$${names.size.toString(36).padStart(SHORT_LENGTH - 1, "0")}`);
    }
  }
  return names;
}

/** Whether a value gets the name of its variable. */
const givesName = (value: ts.Expression | undefined): boolean =>
  value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value) || ts.isClassExpression(value));

/** Whether an identifier is the name of a property, and not of a variable. */
function isPropertyName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isVariableDeclaration(parent) || ts.isShorthandPropertyAssignment(parent)) return false;
  return "name" in parent && parent.name === node;
}

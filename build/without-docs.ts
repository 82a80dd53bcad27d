import ts from "typescript";

/** The properties that say in docs what a variable, a metric or an error's code means, what to do about it, and when a rule applies. */
const OF_DOCS = new Set(["meaning", "remedy", "when"]);

/**
 * Leaves out of a bundle what only docs' tables read: properties of these names.
 *
 * @param code whose local names are short, so that no variable has these
 * @throws Error if the code has these names for anything but a property with a text
 */
export function withoutDocs(code: string): string {
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const parts: string[] = [];
  let from = 0;
  const visit = (node: ts.Node): void => {
    if (isOfDocs(node)) {
      const { properties } = node.parent;
      parts.push(code.slice(from, node.pos));
      // With the comma behind it.
      from = properties[properties.indexOf(node) + 1]?.pos ?? properties.end;
      return;
    }
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && OF_DOCS.has(node.text)) {
      throw new Error(`The bundle has no \`${node.text}\`, but reads it: ${shownAround(code, node.getStart())}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return parts.join("") + code.slice(from);
}

const isOfDocs = (node: ts.Node): node is ts.PropertyAssignment & { parent: ts.ObjectLiteralExpression } =>
  ts.isPropertyAssignment(node) &&
  ts.isObjectLiteralExpression(node.parent) &&
  ts.isIdentifier(node.name) &&
  OF_DOCS.has(node.name.text) &&
  ts.isStringLiteralLike(node.initializer);

const shownAround = (code: string, position: number): string => code.slice(Math.max(0, position - 80), position + 80);

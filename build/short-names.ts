import ts from "typescript";

/** Of the names that are made, of which there are more than 3,000. No local name is longer. */
const SHORT_LENGTH = 2;
const FIRST = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"];
const SECOND = [...FIRST, ..."0123456789"];
const KEYWORDS = ["do", "if", "in"];

/**
 * Shortens the names of what a bundle has at its root. Functions and classes are still called what they were, in stack traces, too:
 * only the variables that hold them have other names.
 *
 * @param code whose names within functions have at most two characters
 * @throws Error if there are not enough short names
 */
export function withShortNames(code: string): string {
  const source = ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const names = shortNames(source);
  const directives: string[] = [];
  const functions: string[] = [];
  const others: string[] = [];
  for (const statement of source.statements) {
    const text = renamed(statement, names);
    const short = ts.isFunctionDeclaration(statement) ? names.get(statement.name!.text) : undefined;
    if (short !== undefined) functions.push(`${short}=${text}`);
    else if (isDirective(statement)) directives.push(text);
    else others.push(text);
  }
  // JavaScript hoists their declarations.
  const hoisted = functions.length === 0 ? "" : `var ${functions};`;
  return directives.join("") + hoisted + others.join("");
}

const isDirective = (node: ts.Node): boolean => ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);

/** The code of a statement at the root, with other names. */
function renamed(statement: ts.Statement, names: ReadonlyMap<string, string>): string {
  const { text: code } = statement.getSourceFile();
  const parts: string[] = [];
  let from = statement.getStart();
  const put = (start: number, text: string, end = start): void => {
    parts.push(code.slice(from, start), text);
    from = end;
  };
  const visit = (node: ts.Node): void => {
    const short = ts.isIdentifier(node) && !isPropertyName(node) ? names.get(node.text) : undefined;
    if (short !== undefined) {
      const isShorthand = ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
      put(node.getStart(), isShorthand ? `${node.getText()}:${short}` : short, node.end);
    }
    const value = ts.isVariableDeclaration(node) && names.has(node.name.getText()) ? node.initializer : undefined;
    if (isNameless(value)) visitNameless(node as ts.VariableDeclaration, value);
    else ts.forEachChild(node, visit);
  };
  const visitNameless = (variable: ts.VariableDeclaration, value: Nameless): void => {
    const name = variable.name.getText();
    if (ts.isClassExpression(value)) {
      put(variable.getStart(), names.get(name)!, variable.name.end);
      put(value.getStart() + "class".length, ` ${name}`);
    }
    ts.forEachChild(value, visit);
    if (!ts.isClassExpression(value)) put(value.end, `,${names.get(name)}=${name}`);
  };
  visit(statement);
  return parts.join("") + code.slice(from, statement.end);
}

/** Other names by names. What has its name from a variable alone keeps that, and is in a second one where this is shorter. */
function shortNames(source: ts.SourceFile): Map<string, string> {
  const { all, uses } = identifiersOf(source);
  const unused = FIRST.flatMap((first) => SECOND.map((second) => first + second)).filter(
    (name) => !all.has(name) && !KEYWORDS.includes(name),
  );
  const names = new Map<string, string>();
  for (const { name, value } of rootNames(source)) {
    const saved = (uses.get(name)! - 1) * (name.length - SHORT_LENGTH);
    const cost = isNameless(value) && !ts.isClassExpression(value) ? name.length + SHORT_LENGTH + ",=".length : 0;
    if (name.length <= SHORT_LENGTH || saved < cost) continue;
    const short = unused[names.size];
    if (short === undefined) throw new Error("The bundle has more names than there are short ones.");
    names.set(name, short);
  }
  return names;
}

function identifiersOf(source: ts.SourceFile): { all: Set<string>; uses: Map<string, number> } {
  const all = new Set<string>();
  const uses = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      all.add(node.text);
      if (!isPropertyName(node)) uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { all, uses };
}

interface RootName {
  readonly name: string;
  readonly value: ts.Node | undefined;
}

function rootNames({ statements }: ts.SourceFile): RootName[] {
  return statements.flatMap((one): RootName[] => {
    if (ts.isFunctionDeclaration(one)) return [{ name: one.name!.text, value: undefined }];
    if (!ts.isVariableStatement(one)) return [];
    return one.declarationList.declarations.flatMap(({ name, initializer: value }) =>
      ts.isIdentifier(name) ? [{ name: name.text, value }] : [],
    );
  });
}

/** A function or a class that is called what its variable is. */
type Nameless = ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression;

const isNameless = (value: ts.Node | undefined): value is Nameless =>
  value !== undefined &&
  (ts.isArrowFunction(value) || ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name));

/** Whether an identifier is the name of a property, and not of a variable. */
function isPropertyName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isVariableDeclaration(parent) || ts.isShorthandPropertyAssignment(parent)) return false;
  return "name" in parent && parent.name === node;
}

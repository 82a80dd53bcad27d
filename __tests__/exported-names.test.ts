import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(__dirname, "..");

/** Names that a file declares and exports, without those that it passes on. */
function exportedNames(file: string): string[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement) || !isExported(statement)) return [];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(namesIn);
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.text] : [];
  });
}

const isExported = (statement: ts.HasModifiers): boolean =>
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const namesIn = ({ name }: ts.VariableDeclaration | ts.BindingElement): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each) : []));

/** Of a program: files that are compiled together. */
function filesOf(project: string): string[] {
  const folder = resolve(root, project);
  const { config } = ts.readConfigFile(resolve(folder, "tsconfig.json"), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, folder).fileNames;
}

describe("an exported name", () => {
  it("means one thing in the whole repository, with the page in a browser", () => {
    const [repository, page] = [filesOf("."), filesOf("local/page/browser")];
    expect(page.length).toBeGreaterThan(50);
    const places = new Map<string, string[]>();
    for (const file of new Set([...repository, ...page])) {
      // A type and a value of one name in one file are one thing.
      for (const name of new Set(exportedNames(file))) {
        // Lambda calls each function by this name.
        if (name === "handler" && /^functions\/[^/]+\/index\.ts$/.test(relative(root, file))) continue;
        places.set(name, [...(places.get(name) ?? []), relative(root, file)]);
      }
    }
    expect(places.size).toBeGreaterThan(500);
    expect([...places].filter(([, files]) => files.length > 1)).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

const ROOMS =
  "benchmarks build core dev docs examples functions local modules packages registry replay search send setup soak tools".split(
    " ",
  );

/** What is built or downloaded is in none of them. */
const FOLDERS = [...ROOMS, "__tests__", ".github", ".ci"];

const files = [
  ...readdirSync(root),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  ),
].map((file) => `/${file}`);

/** docs/decisions/ is history: it also names what has gone. */
const documents = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))]
  .filter((name) => name.endsWith(".md"))
  .map((name): [name: string, text: string] => [name, readFileSync(join(root, name), "utf8")]);

/** What a recipe tells to create. */
const TO_CREATE = ["core/parsers/parser.ts"];

const codeOf = (markdown: string) =>
  [...markdown.matchAll(/^```.*?^```|`[^`\n]+`/gms)].map(([code]) => code.replaceAll("`", ""));

const isInFolder = (word: string) => FOLDERS.some((folder) => word.startsWith(`${folder}/`));

/** Paths from the root, as far as jest needs them, and names of sources with the end of their path; none with placeholders. */
const pathsIn = (code: string): string[] =>
  code
    .split(/[\s"'(),:;]+/)
    .filter((word) => (isInFolder(word) || /^[\w/.-]+\.(c?js|ts|svg)$/.test(word)) && !/[<>*…{}]/.test(word));

const exists = (path: string) =>
  TO_CREATE.includes(path) ||
  files.some((file) => (isInFolder(path) ? `${file}/`.startsWith(`/${path}`) : file.endsWith(`/${path}`)));

const missingPaths = (markdown: string) =>
  codeOf(markdown)
    .flatMap(pathsIn)
    .filter((path) => !exists(path));

/** Test runs with `-t` whose title no test file has: jest would run none, and be green. */
const missingTitles = (markdown: string) =>
  codeOf(markdown)
    .flatMap((code) => [...code.matchAll(/npx jest (\S+) +-t "([^"]+)"/g)])
    .filter(([, , title]) => title !== "part of its title")
    .filter(([, path, title]) => !files.some((file) => file.startsWith(`/${path}`) && hasText(file, title!)))
    .map(([run]) => run);

const hasText = (file: string, text: string) =>
  file.endsWith(".test.ts") && readFileSync(join(root, file), "utf8").includes(text);

describe("the code in the documents", () => {
  it.each(documents)("names paths that exist: %s", (_, text) => {
    expect(missingPaths(text)).toEqual([]);
  });

  it.each(documents)("selects tests by titles that exist: %s", (_, text) => {
    expect(missingTitles(text)).toEqual([]);
  });

  it("is searched for paths in spans and blocks, placeholders left out", () => {
    const markdown = [
      "`core/missing/` `core/events` `core/<source>/missing.ts` `missing-words.ts` `retry/retry.ts`",
      "`npx jest __tests__/missing` `npx jest __tests__/core/retry/ret`",
      "```sh\nls docs/missing.md # core/missing.ts\n```",
    ].join("\n");

    expect(missingPaths(markdown)).toEqual([
      "core/missing/",
      "missing-words.ts",
      "__tests__/missing",
      "docs/missing.md",
      "core/missing.ts",
    ]);
  });

  it("is searched for runs that select no test", () => {
    const run = (title: string) => `npx jest __tests__/docs/links -t "${title}"`;

    expect(missingTitles(`\`${run("meet anchors")}\` \`${run("killed at random")}\``)).toEqual([
      run("killed at random"),
    ]);
  });
});

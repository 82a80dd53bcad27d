import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderTables } from "./render";

const root = resolve(__dirname, "../..");
const documents = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];
const stale = documents.filter((document) => {
  const path = join(root, document);
  const text = readFileSync(path, "utf8");
  const rendered = renderTables(text);
  if (rendered !== text && !process.argv.includes("--check")) {
    writeFileSync(path, rendered);
  }
  return rendered !== text;
});

if (stale.length > 0 && process.argv.includes("--check")) {
  console.error(`Stale tables in ${stale.join(", ")}: run npm run docs`);
  process.exitCode = 1;
}

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { renderTables } from "./render";

const root = resolve(__dirname, "../..");
const isCheck = process.argv.includes("--check");
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
  if (rendered !== text && !isCheck) {
    writeFileSync(path, rendered);
  }
  return rendered !== text;
});

if (!isCheck) {
  console.log(stale.length > 0 ? `Wrote the tables of ${stale.join(", ")}.` : "All tables are up to date.");
} else if (stale.length > 0) {
  console.error(`Stale tables in ${stale.join(", ")}: run npm run docs`);
  process.exitCode = 1;
}

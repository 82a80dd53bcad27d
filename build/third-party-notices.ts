import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { manifestOf } from "./npm-package";

const LICENSE_FILE = /^(licen[cs]e|notice|copying)(\.|-|$)/i;

/**
 * Returns the licences of all packages that a bundle has, each text once, below the packages that it is for.
 *
 * @param root the folder whose node_modules/ they come from
 * @throws Error for a package that has neither a licence's file nor its name
 */
export function thirdPartyNotices(root: string, { outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const packages = new Set(
    inputs.flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? (/^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []) : [],
    ),
  );
  const namesByText = new Map<string, string[]>();
  for (const folder of [...packages].sort()) {
    const text = licenceOf(join(root, folder));
    const { name, version } = manifestOf(join(root, folder));
    namesByText.set(text, [...(namesByText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...namesByText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => LICENSE_FILE.test(name));
  const { name, license, author } = manifestOf(folder);
  if (files.length === 0 && typeof license !== "string") throw new Error(`${name} says nothing about its licence.`);
  if (files.length === 0) return `Licence: ${license}${author ? `\nAuthor: ${author.name ?? author}` : ""}`;
  return files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
}

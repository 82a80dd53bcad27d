import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../modules/logging-pipeline/alarms");

/** What the names of alarms end in that files of the module declare. */
export const sourcesOf = (...files: readonly string[]): string[] =>
  files.flatMap((file) =>
    [...readFileSync(join(FOLDER, `${file}.ts`), "utf8").matchAll(/^ {4}(\w+): \{$\n {6}/gm)].map(([, key]) =>
      key!.replaceAll("_", "-"),
    ),
  );

import { readFileSync } from "node:fs";
import { type IndexSettings, parseIndexSettings } from "../../core/settings/index-settings";
import type { ValidationErrors } from "./validation-errors";

/** The option's flags, for every command that has it. */
export const INDEX_SETTINGS_FLAGS = "--index-settings <file>";

/**
 * Reads the file of the option `--index-settings`.
 *
 * @param errors to which its mistakes are added
 * @returns undefined after an error
 */
export function readIndexSettings(path: string, errors: ValidationErrors): IndexSettings | undefined {
  let json: string;
  try {
    json = readFileSync(path, "utf8");
  } catch (error) {
    errors.add(`--index-settings ${path} cannot be read: ${(error as Error).message}.`);
    return undefined;
  }
  const { settings, errors: mistakes } = parseIndexSettings(json);
  errors.add(...mistakes.map((mistake) => `--index-settings ${path}: ${mistake}`));
  return settings;
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inputsInFullTable } from "../../docs/tables/inputs";
import type { Fields } from "../../modules/inputs/schema";
import { code, markdownTable } from "../../tools/text/markdown-table";
import type { Synthesized } from "../stack/synthesize";
import { addressesOf } from "./resources";
import { awsProviderRange, requiredVersion } from "./versions";

export const requirementsTable = (): string =>
  markdownTable(
    ["Requirement", "Version"],
    [
      ["Terraform", code(requiredVersion)],
      ["AWS provider (`hashicorp/aws`)", code(awsProviderRange)],
    ],
  );

/** The functions' zips with their SHA-256. @param zips paths in the repository and in the module */
export const zipsTable = (zips: readonly (readonly [source: string, target: string])[]): string =>
  markdownTable(
    ["Zip", "SHA-256"],
    zips.map(([source, target]) => [
      code(target),
      code(createHash("sha256").update(readFileSync(source)).digest("hex")),
    ]),
  );

/** The inputs that must be given, and those that may be, below headings. */
export function inputsSections(inputs: Fields): string {
  const tableOf = (isRequired: boolean): string =>
    inputsInFullTable(
      Object.fromEntries(Object.entries(inputs).filter(([, field]) => (field.default === undefined) === isRequired)),
    );
  const hasRequired = Object.values(inputs).some((field) => field.default === undefined);
  const required = hasRequired ? `### Required\n${tableOf(true)}\n\n` : "";
  return `${required}### Optional\n${tableOf(false)}`;
}

/** The managed resources, each with its number of instances. */
export const resourcesTable = (synthesized: Synthesized): string =>
  markdownTable(
    ["Resource", "How many"],
    addressesOf(synthesized).map((address) => {
      const [type, name] = address.split(".") as [string, string];
      const { for_each, count } = synthesized.resource[type]![name]!;
      return [code(address), quantity(for_each, count)];
    }),
  );

function quantity(forEach: unknown, count: unknown): string {
  if (forEach === undefined) {
    return count === undefined ? "1" : "1 or none";
  }
  if (forEach === "${local.alarms}") return "one for each alarm";
  if (forEach === "${local.log_group_alarms}") return "one for each alarm of each log group";
  const [, notification] = /bucket\.notification == "(\w+)"/.exec(String(forEach)) ?? [];
  if (notification !== undefined) {
    return `one for each bucket with the notification ${code(notification)}`;
  }
  return forEach === "${local.lanes}" ? "one for each log group" : "one for each log group that is created";
}

import { alignColumns } from "./columns";
import { valueText } from "./value";

/** Comments above a block, or on its first lines. */
export interface Notes {
  /** Why the block exists. */
  readonly comment?: string;
  /** IDs of checkov checks that do not apply, each with the reason. */
  readonly skipped?: Readonly<Record<string, string>>;
}

type Body = Readonly<Record<string, unknown>>;

/** Whether an attribute takes an object. @param path from the block on: `environment.variables` */
export type TakesObject = (path: string) => boolean;

/** Arguments that identify a block, and so come first. */
const NAMES = [
  "name",
  "bucket",
  "function_name",
  "domain_name",
  "description",
  "sid",
  "effect",
  "id",
  "type",
  "condition",
];

/**
 * A block in Terraform's language, laid out as `terraform fmt` leaves it.
 *
 * @param takesObject distinguishes attributes from nested blocks. @default every object is a block
 */
export function blockText(
  header: string,
  body: Body,
  { comment, skipped = {} }: Notes = {},
  takesObject: TakesObject = () => false,
  indent = 0,
): string {
  const margin = " ".repeat(indent);
  const skips = Object.entries(skipped).map(([check, reason]) => `${margin}  #checkov:skip=${check}: ${reason}\n`);
  const inner = bodyText(body, takesObject, indent + 2);
  const above = comment === undefined ? "" : `${margin}# ${comment.replaceAll("\n", `\n${margin}# `)}\n`;
  const between = skips.length > 0 && inner !== "" ? "\n" : "";
  return inner === "" && skips.length === 0
    ? `${above}${margin}${header} {}\n`
    : `${above}${margin}${header} {\n${skips.join("")}${between}${inner}${margin}}\n`;
}

function bodyText(body: Body, takesObject: TakesObject, indent: number): string {
  const { for_each, count, depends_on, dynamic = {}, lifecycle, ...rest } = body;
  const isBlock = ([name, value]: [string, unknown]) => isObjectOrMany(value) && !takesObject(name);
  const { tags, ...attributes } = Object.fromEntries(Object.entries(rest).filter((entry) => !isBlock(entry)));
  const blocks = Object.entries(rest).filter(isBlock).flatMap(repeated);
  return [
    attributesText({ for_each, count }, indent),
    attributesText(Object.fromEntries(Object.entries(attributes).sort(byName)), indent),
    attributesText({ tags }, indent),
    ...blocks.map(([name, value]) => blockText(name, value, {}, (path) => takesObject(`${name}.${path}`), indent)),
    ...Object.entries(dynamic as Body)
      .flatMap(repeated)
      .map(([name, value]) => dynamicText(name, value, takesObject, indent)),
    depends_on === undefined ? "" : `${" ".repeat(indent)}depends_on = [${(depends_on as string[]).join(", ")}]\n`,
    lifecycle === undefined ? "" : blockText("lifecycle", lifecycle as Body, {}, undefined, indent),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** The `content` of a dynamic block has the schema of the block that it repeats. */
const dynamicText = (name: string, body: Body, takesObject: TakesObject, indent: number): string =>
  blockText(`dynamic "${name}"`, body, {}, (path) => takesObject(path.replace(/^content/, name)), indent);

function attributesText(attributes: Body, indent: number): string {
  const lines = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} = ${valueText(value, { indent, used: indent + name.length + 3 })}`);
  return alignColumns(lines)
    .map((line) => `${" ".repeat(indent)}${line}\n`)
    .join("");
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const isObjectOrMany = (value: unknown): boolean =>
  isObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isObject));

/** A block may occur many times. */
const repeated = ([name, value]: [string, unknown]): [string, Body][] =>
  [value].flat().map((each) => [name, each as Body]);

const rank = (name: string): number => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length);
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => rank(a) - rank(b);

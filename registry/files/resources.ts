import { blockText, type Notes } from "../hcl/block";
import { valueText } from "../hcl/value";
import type { FileLayout } from "../layout/file";
import { objectAttributes } from "../schema/object-attributes";
import type { Blocks, Body, Synthesized } from "../stack/synthesize";

/** The resources, data sources and checks of a module, by address. */
type Declared = ReadonlyMap<string, Declaration>;

interface Declaration {
  readonly header: string;
  /** `aws_kms_key`, `data.aws_region` */
  readonly type: string;
  readonly body: Body;
}

/**
 * Lays out resources, data sources, checks and locals in files.
 *
 * @returns the texts of the files by path
 * @throws Error unless the layout has each resource, data source, check and local exactly once
 */
export function resourceFiles(layout: readonly FileLayout[], synthesized: Synthesized): Map<string, string> {
  const declared = declaredBlocks(synthesized);
  const placed = layout.flatMap(({ blocks }) => Object.keys(blocks));
  const known = [...declared.keys(), ...Object.keys(synthesized.locals).map((name) => `local.${name}`)];
  const errors = [
    ...known.filter((address) => !placed.includes(address)).map((address) => `${address} has no file`),
    ...placed.filter((address) => !known.includes(address)).map((address) => `${address} is not synthesized`),
    ...placed
      .filter((address, position) => placed.indexOf(address) < position)
      .map((address) => `${address} has two places`),
  ];
  if (errors.length > 0) {
    throw new Error(`Correct registry/layout, which has each block once: ${errors.join("; ")}`);
  }
  return new Map(layout.map(({ path, blocks }) => [path, fileText(blocks, declared, synthesized.locals)]));
}

/** Addresses of the managed resources, sorted. */
export const addressesOf = ({ resource }: Synthesized): string[] =>
  Object.entries(resource)
    .flatMap(([type, instances]) => Object.keys(instances).map((name) => `${type}.${name}`))
    .sort();

function declaredBlocks({ data, resource, check }: Synthesized): Declared {
  const entries = (kind: "data" | "resource", blocks: Blocks, prefix: string) =>
    Object.entries(blocks).flatMap(([type, instances]) =>
      Object.entries(instances).map(
        ([name, body]) =>
          [`${prefix}${type}.${name}`, { header: `${kind} "${type}" "${name}"`, type: prefix + type, body }] as const,
      ),
    );
  const checks = Object.entries(check).map(([name, body]): [string, Declaration] => [
    `check.${name}`,
    { header: `check "${name}"`, type: "check", body },
  ]);
  return new Map<string, Declaration>([
    ...entries("data", data, "data."),
    ...entries("resource", resource, ""),
    ...checks,
  ]);
}

function fileText(
  blocks: Readonly<Record<string, Notes>>,
  declared: Declared,
  locals: Readonly<Record<string, string>>,
): string {
  const texts: string[] = [];
  let open: string[] = [];
  const closeLocals = () => {
    if (open.length > 0) texts.push(`locals {\n${open.join("\n")}}\n`);
    open = [];
  };
  for (const [address, notes] of Object.entries(blocks)) {
    const block = declared.get(address);
    if (block === undefined) {
      open.push(localText(address.replace("local.", ""), locals, notes));
    } else {
      closeLocals();
      texts.push(blockText(block.header, block.body, notes, (path) => objectAttributes.has(`${block.type}.${path}`)));
    }
  }
  closeLocals();
  return texts.join("\n");
}

function localText(name: string, locals: Readonly<Record<string, string>>, { comment }: Notes): string {
  const above = comment === undefined ? "" : `  # ${comment.replaceAll("\n", "\n  # ")}\n`;
  return `${above}  ${name} = ${valueText(locals[name], { indent: 2, used: name.length + 5 })}\n`;
}

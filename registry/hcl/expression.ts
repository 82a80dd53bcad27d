import { CLOSING, flatten, type Group, type Node, parse } from "./brackets";
import { alignColumns, isAssignment } from "./columns";

/** The maximum length of a line that can be broken. */
const WIDTH = 110;

/**
 * Lays out an expression as a person would: on one line if it fits, else with the items of its brackets on lines of their
 * own. Only white space and the commas of objects change, and brackets are put around what takes several lines.
 *
 * @param indent spaces before each line but the first
 * @param used characters before it on the first line
 */
export function layOut(expression: string, indent: number, used: number): string {
  const nodes = parse(expression);
  if (used + flatten(nodes).length <= WIDTH) {
    return flatten(nodes);
  }
  // An expression continues on the next line only inside brackets.
  return layOutNodes(branches(nodes).length > 1 ? bracketed(nodes) : nodes, indent, used);
}

/** Breaks the widest brackets. */
function layOutNodes(nodes: readonly Node[], indent: number, used: number): string {
  const groups = nodes.filter((node) => typeof node !== "string").filter(({ items }) => items.length > 0);
  if (groups.length === 0) {
    return flatten(nodes);
  }
  const widest = groups.reduce((found, group) => (flatten([group]).length > flatten([found]).length ? group : found));
  const before = flatten(nodes.slice(0, nodes.indexOf(widest)));
  const after = flatten(nodes.slice(nodes.indexOf(widest) + 1));
  return before + layOutGroup(widest, indent, used + before.length) + after;
}

function layOutGroup({ open, items }: Group, indent: number, used: number): string {
  const last = items.at(-1)!;
  const lead = [...items.slice(0, -1).map(flatten), ""].join(", ");
  // The brackets of a call's last argument replace those of the call.
  if (open === "(" && isBracketed(last) && used + lead.length < WIDTH) {
    return `(${lead}${layOutNodes(last, indent, used + lead.length + 1)})`;
  }
  const inner = indent + 2;
  const margin = `\n${" ".repeat(inner)}`;
  return `${open}${margin}${layOutItems(open, items, inner).join(margin)}\n${" ".repeat(indent)}${CLOSING[open]}`;
}

/** The lines between brackets. */
function layOutItems(open: string, items: readonly Node[][], indent: number): string[] {
  if (open === "[" && items.every((item) => /^\d+$/.test(flatten(item)))) {
    return fill(items.map(flatten), indent);
  }
  const texts = items.map((item) => layOutItem(item, indent).join(`\n${" ".repeat(indent)}`));
  if (open === "{") {
    return alignColumns(texts);
  }
  const hasTrailingComma = open === "[" && !isFor(items);
  return texts.map((text, index) => (index < texts.length - 1 || hasTrailingComma ? `${text},` : text));
}

/** Fills each line with numbers. */
function fill(numbers: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  for (const number of numbers) {
    const line = `${lines.at(-1)} ${number},`;
    if (lines.length > 0 && indent + line.length <= WIDTH) {
      lines[lines.length - 1] = line;
    } else {
      lines.push(`${number},`);
    }
  }
  return lines;
}

/** The lines of an element. */
function layOutItem(item: readonly Node[], indent: number): string[] {
  const flat = flatten(item);
  if (indent + flat.length <= WIDTH) {
    return [flat];
  }
  // A new line would end an entry of an object.
  const lines = isAssignment(flat) ? [item] : branches(item);
  return lines.length > 1
    ? lines.flatMap((line, index) => layOutItem(needsBrackets(lines, index, indent) ? bracketed(line) : line, indent))
    : [layOutNodes(item, indent, indent)];
}

/**
 * A condition before a line with `?` that takes several lines, or ends in a negation: without brackets, checkov's parser does not
 * see where it ends.
 */
function needsBrackets(lines: readonly (readonly Node[])[], index: number, indent: number): boolean {
  const condition = lines[index]!;
  const operands = branches(condition);
  const isLong = operands.length > 1 && indent + flatten(condition).length > WIDTH;
  return /^\? /.test(flatten(lines[index + 1] ?? [])) && (isLong || /^!/.test(flatten(operands.at(-1)!)));
}

const bracketed = (nodes: readonly Node[]): Node[] => [{ open: "(", items: [[...nodes]] }];

/**
 * Cut before the filter of a `for`, before the branches of a conditional, or else after `&&` and `||`: checkov's parser does not read
 * a line that begins with one of these.
 */
function branches(nodes: readonly Node[]): Node[][] {
  const cuts = isFor([nodes]) ? [/ (?=if )/y] : [/ (?=[?:] )/y, /(?<=&&|\|\|) /y];
  return cuts.map((cut) => splitAt(nodes, cut)).find((lines) => lines.length > 1) ?? [[...nodes]];
}

/** @param separator sticky; matches the space in a text at which a line ends */
function splitAt(nodes: readonly Node[], separator: RegExp): Node[][] {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    if (typeof node !== "string" || node.startsWith('"')) {
      lines.at(-1)!.push(node);
      continue;
    }
    let start = 0;
    for (let at = 0; at < node.length; at++) {
      separator.lastIndex = at;
      if (separator.test(node)) {
        lines.at(-1)!.push(node.slice(start, at));
        lines.push([]);
        start = at + 1;
      }
    }
    lines.at(-1)!.push(node.slice(start));
  }
  return lines.filter((line) => flatten(line) !== "");
}

const isFor = ([first]: readonly (readonly Node[])[]): boolean =>
  typeof first?.[0] === "string" && first[0].startsWith("for ");

/** Whether a node ends in brackets and has none before, but for a name: `[…]`, `{…}`, `f(…)`. */
const isBracketed = (nodes: readonly Node[]): boolean =>
  typeof nodes.at(-1) === "object" &&
  (nodes.length === 1 || (nodes.length === 2 && typeof nodes[0] === "string" && /^\w+$/.test(nodes[0])));

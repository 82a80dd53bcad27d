import { endOfString } from "./template";

/** Lines are broken when they would be longer. */
const WIDTH = 110;

/** A piece of an expression: text without brackets, or what stands between two brackets, by commas. */
type Node = string | Group;

interface Group {
  readonly open: string;
  readonly items: Node[][];
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * An expression as a person would lay it out: on one line if it fits, else with what is in its brackets on lines of its
 * own. Only white space and the commas of objects change.
 *
 * @param indent spaces before each line but the first
 * @param used characters that stand before it on the first line
 */
export function layOut(expression: string, indent: number, used: number): string {
  const nodes = parse(expression);
  if (used + flatten(nodes).length <= WIDTH) {
    return flatten(nodes);
  }
  // Only brackets let an expression go on in the next line.
  return layOutNodes(branches(nodes).length > 1 ? [{ open: "(", items: [nodes] }] : nodes, indent, used);
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
  // A call whose last argument has brackets of its own: they take the call's place.
  if (open === "(" && isBracketed(last) && used + lead.length < WIDTH) {
    return `(${lead}${layOutNodes(last, indent, used + lead.length + 1)})`;
  }
  const inner = indent + 2;
  const margin = `\n${" ".repeat(inner)}`;
  return `${open}${margin}${layOutItems(open, items, inner).join(margin)}\n${" ".repeat(indent)}${CLOSING[open]}`;
}

/** The lines between brackets. */
function layOutItems(open: string, items: readonly Node[][], indent: number): string[] {
  if (items.every((item) => /^\d+$/.test(flatten(item)))) {
    return fill(items.map(flatten), indent);
  }
  const texts = items.map((item) => layOutItem(item, indent).join(`\n${" ".repeat(indent)}`));
  if (open === "{") {
    return alignColumns(texts);
  }
  const hasTrailingComma = open === "[" && !isFor(items);
  return texts.map((text, index) => (index < texts.length - 1 || hasTrailingComma ? `${text},` : text));
}

/** As many numbers on each line as fit. */
function fill(numbers: readonly string[], indent: number): string[] {
  const lines = [""];
  for (const number of numbers) {
    if (indent + lines.at(-1)!.length + number.length + 2 > WIDTH) lines.push("");
    lines.push(`${lines.pop()}${lines.at(-1) === "" ? "" : " "}${number},`);
  }
  return lines.map((line) => line.trim());
}

/** The lines of an element. */
function layOutItem(item: readonly Node[], indent: number): string[] {
  const flat = flatten(item);
  if (indent + flat.length <= WIDTH) {
    return [flat];
  }
  const lines = isAssignment(flat) ? [item] : branches(item);
  return lines.length > 1 ? lines.flatMap((line) => layOutItem(line, indent)) : [layOutNodes(item, indent, indent)];
}

/** Cut before the filter of a `for`, before the branches of a conditional, or else before `&&` and `||`. */
function branches(nodes: readonly Node[]): Node[][] {
  const cuts = isFor([nodes]) ? [/^ (?=if )/] : [/^ (?=[?:] )/, /^ (?=(&&|\|\|) )/];
  return cuts.map((cut) => splitBefore(nodes, cut)).find((lines) => lines.length > 1) ?? [[...nodes]];
}

/** An entry of an object, which a new line would end. */
const isAssignment = (text: string): boolean => ASSIGNMENT.test(text);

/** @param separator found at the start of a text, or behind a space in it */
function splitBefore(nodes: readonly Node[], separator: RegExp): Node[][] {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    if (typeof node !== "string" || node.startsWith('"')) {
      lines.at(-1)!.push(node);
      continue;
    }
    let start = 0;
    for (let at = 0; at < node.length; at++) {
      if (separator.test(node.slice(at))) {
        lines.at(-1)!.push(node.slice(start, at));
        lines.push([]);
        start = at + 1;
      }
    }
    lines.at(-1)!.push(node.slice(start));
  }
  return lines.filter((line) => flatten(line) !== "");
}

const ASSIGNMENT = /^("[^"]*"|[\w.-]+) = /;

/** For `terraform fmt` a heredoc is a value on one line. */
const HEREDOC = /^\w+ = <</;

/** Pads the names of neighbouring one-line `name = value` lines to one width. */
export function alignColumns(entries: readonly string[]): string[] {
  const isAligned = (entry: string | undefined) =>
    entry !== undefined && isAssignment(entry) && (!entry.includes("\n") || HEREDOC.test(entry));
  const widthAt = (index: number): number => {
    let [start, end] = [index, index];
    while (isAligned(entries[start - 1])) start--;
    while (isAligned(entries[end + 1])) end++;
    return Math.max(...entries.slice(start, end + 1).map((entry) => ASSIGNMENT.exec(entry)![1]!.length));
  };
  return entries.map((entry, index) =>
    isAligned(entry) ? entry.replace(ASSIGNMENT, (_, found: string) => `${found.padEnd(widthAt(index))} = `) : entry,
  );
}

const isFor = ([first]: readonly (readonly Node[])[]): boolean =>
  typeof first?.[0] === "string" && first[0].startsWith("for ");

/** Whether a node ends in brackets and has none before, but for a name: `[…]`, `{…}`, `f(…)`. */
const isBracketed = (nodes: readonly Node[]): boolean =>
  typeof nodes.at(-1) === "object" &&
  (nodes.length === 1 || (nodes.length === 2 && typeof nodes[0] === "string" && /^\w+$/.test(nodes[0])));

function flatten(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const inner = node.items.map(flatten).join(", ");
      return node.open === "{" && inner !== "" ? `{ ${inner} }` : node.open + inner + CLOSING[node.open];
    })
    .join("");
}

function parse(source: string): Node[] {
  const top: Node[][] = [[]];
  const stack: Node[][][] = [top];
  let text = "";
  const push = (node?: Node) => {
    const item = stack.at(-1)!.at(-1)!;
    const spaced = text.replaceAll(/\s+/g, " ");
    item.push(item.length === 0 ? spaced.trimStart() : spaced, ...(node ? [node] : []));
    text = "";
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === '"') {
      const end = endOfString(source, at);
      push(source.slice(at, end + 1).replace(/^"([A-Za-z_]\w*)"$/, isKey(source, end) ? "$1" : "$&"));
      at = end;
    } else if (character in CLOSING) {
      const group: Group = { open: character, items: [[]] };
      push(group);
      stack.push(group.items);
    } else if (Object.values(CLOSING).includes(character)) {
      push();
      const items = stack.pop()!;
      trimEnds(items);
    } else if (character === "," && stack.length > 1 && !isLoopHead(stack.at(-1)!, text)) {
      push();
      stack.at(-1)!.push([]);
    } else {
      text += character;
    }
  }
  push();
  return top[0]!;
}

const isKey = (source: string, end: number): boolean => /^"\s*=[^=>]/.test(source.slice(end));

/** The comma of `for key, value in`. */
const isLoopHead = (items: Node[][], text: string): boolean => items.at(-1)!.length === 0 && /^\s*for \w+$/.test(text);

function trimEnds(items: Node[][]): void {
  items.forEach((item, index) => {
    const last = item.at(-1);
    const trimmed = typeof last === "string" ? [...item.slice(0, -1), last.trimEnd()] : item;
    items[index] = trimmed.filter((node) => node !== "");
  });
  // Nothing between the brackets, or nothing behind the last comma.
  if (items.at(-1)!.length === 0) items.pop();
}

import type { Random } from "../../tools/random";
import { escaped, hostileName, hostileValue } from "./hostile-json";
import { isString, memberFrom, tokensOf } from "./tokens";

/** Changes the tokens of a message; `other` are those of another one. */
type MessageMutation = (tokens: string[], random: Random, other: readonly string[]) => void;

const anywhere = (tokens: readonly string[], random: Random): number =>
  random.integer(0, Math.max(0, tokens.length - 1));

const MAX_LIST_TOKENS = 10_000;

const MUTATIONS: readonly MessageMutation[] = [
  function swapTokens(tokens, random) {
    const [a, b] = [anywhere(tokens, random), anywhere(tokens, random)];
    [tokens[a], tokens[b]] = [tokens[b] ?? "", tokens[a] ?? ""];
  },
  function duplicateMember(tokens, random) {
    const member = memberFrom(tokens, anywhere(tokens, random));
    if (!member) return;
    const value = random.chance(0.5) ? tokens.slice(member.value, member.end) : [hostileValue(random)];
    const copy = [escaped(tokens[member.start]!, random), ":", ...value];
    if (random.chance(0.5)) tokens.splice(member.end, 0, ",", ...copy);
    else tokens.splice(member.start, 0, ...copy, ",");
  },
  function rename(tokens, random) {
    const member = memberFrom(tokens, anywhere(tokens, random));
    if (member) tokens[member.start] = hostileName(random);
  },
  function revalue(tokens, random) {
    const member = memberFrom(tokens, anywhere(tokens, random));
    if (member) tokens.splice(member.value, member.end - member.value, hostileValue(random));
  },
  function addMember(tokens, random) {
    const brace = tokens.indexOf("{", anywhere(tokens, random));
    if (brace < 0) return;
    const isEmpty = tokens[brace + 1] === "}";
    tokens.splice(brace + 1, 0, hostileName(random), ":", hostileValue(random), ...(isEmpty ? [] : [","]));
  },
  function nest(tokens, random) {
    const member = memberFrom(tokens, anywhere(tokens, random));
    if (!member) return;
    const levels = random.pick([1, 2, 27, 28, 29, 30, 31, 96, 97, 98, 99, 100, 101]);
    const [open, close] = random.pick([
      ['{"a":', "}"],
      ["[", "]"],
      ['{"a.b":', "}"],
    ] as const);
    tokens.splice(member.end, 0, close.repeat(levels));
    tokens.splice(member.value, 0, open.repeat(levels));
  },
  function enlist(tokens, random) {
    const member = memberFrom(tokens, anywhere(tokens, random));
    if (!member) return;
    const value = tokens.slice(member.value, member.end);
    // More arguments than the stack holds end `splice`.
    const copies = Math.min(random.pick([1, 2, 100]), Math.ceil(MAX_LIST_TOKENS / value.length));
    const list = Array.from({ length: copies }, () => [",", ...value])
      .flat()
      .slice(1);
    tokens.splice(member.value, value.length, "[", ...list, "]");
  },
  function reescape(tokens, random) {
    const near = anywhere(tokens, random);
    const at = tokens.findIndex((token, i) => i >= near && isString(token));
    if (at >= 0) tokens[at] = escaped(tokens[at]!, random);
  },
  function cross(tokens, random, other) {
    const [mine, its] = [memberFrom(tokens, anywhere(tokens, random)), memberFrom(other, anywhere(other, random))];
    if (mine && its) tokens.splice(mine.start, mine.end - mine.start, ...other.slice(its.start, its.end));
    else tokens.splice(anywhere(tokens, random), tokens.length, ...other.slice(anywhere(other, random)));
  },
  function space(tokens, random) {
    tokens.splice(anywhere(tokens, random), 0, random.pick([" ", "\t", "\n", "\r\n", "\u00a0", "\ufeff"]));
  },
  function insert(tokens, random) {
    tokens.splice(
      anywhere(tokens, random),
      0,
      random.pick(["{", "}", "[", "]", ",", ":", '"', "\\", "\0", "\u001b", "\ud83d", "e", "x"]),
    );
  },
  function cut(tokens, random) {
    tokens.splice(anywhere(tokens, random), random.chance(0.8) ? 1 : tokens.length);
  },
  function change(tokens, random) {
    const at = anywhere(tokens, random);
    const token = tokens[at] ?? "";
    const place = random.integer(0, token.length);
    tokens[at] =
      token.slice(0, place) +
      String.fromCharCode(random.pick([random.integer(32, 126), random.integer(0, 0xffff)])) +
      token.slice(place + random.integer(0, 1));
  },
];

/** Changes `message` in one to four ways; the result need not be JSON. */
export function mutatedMessage(message: string, other: string, random: Random): string {
  const tokens = tokensOf(message);
  const others = tokensOf(other);
  for (let changes = random.pick([1, 1, 1, 2, 2, 3, 4]); changes > 0; changes--)
    random.pick(MUTATIONS)(tokens, random, others);
  return tokens.join("");
}

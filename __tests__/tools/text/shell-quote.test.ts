import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { shellQuote } from "../../../tools/text/shell-quote";

const shells = ["sh", "bash", "zsh"].filter((shell) => spawnSync(shell, ["-c", "true"]).status === 0);

/** What a shell makes of the words, all in one process. */
function wordsOf(shell: string, words: readonly string[]): string[] {
  // By a file on standard input: an argument may not be as long as hundreds of them.
  const input = words.map((word) => `printf '%s\\0' ${word}\n`).join("");
  return execFileSync(shell, ["-s"], { input, encoding: "utf8" }).split("\0").slice(0, -1);
}

const HOSTILE = [
  ...["", "'", "''", "it's", '"', "\\", "\\'", "a b", " a ", "\n", "a\nb", "\t", "$HOME", "$(id)", "`id`", "!!", "!x"],
  ...["-n", "--", "~", "~root", "*", "?", "[a]", "{a,b}", "a;b", "a&b", "a|b", "<a", ">a", "(a)", "#a", "=ls", "a=b"],
  ...[
    "größer",
    "件の注文",
    "🐈",
    "\u202e",
    "\u001b[2J",
    "\u0003!x'\\0101\n\n",
    "\u009b",
    "\u007f",
    "%s",
    "\\n",
    "\r\n",
    "x".repeat(10_000),
  ],
];

const texts = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replaceAll("\0", "").toWellFormed());
const nasty = fc.string({ unit: fc.constantFrom(...`'"\\$\`!*?[]{}()<>|&;#~=%-\n\t aé件🐈`), maxLength: 20 });

describe("shellQuote", () => {
  it.each(shells)("makes one word of any text, for %s", (shell) => {
    const random = fc.sample(fc.oneof(texts, nasty), 200);
    const all = [...HOSTILE, ...random];
    expect(wordsOf(shell, all.map(shellQuote))).toEqual(all);
  });

  it("shows a terminal no character that it takes for a key, but the line feed", () => {
    const keys = ["\u0003rm -rf ~\n", "a\u001b[201~\nid\n", "\t", "\u0004", "\u0015!x", "it's\r\n\n", "\u009b"];
    const random = fc.sample(texts, 300);
    for (const text of [...keys, ...random]) expect(shellQuote(text)).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("leaves text that needs no quotes unchanged", () => {
    const plain = ["/home/me/.local/env.sh", "s3://bucket/prefix/", "a@b:c,d+e-f_g", "--out=x", "50%"];
    expect(plain.map(shellQuote)).toEqual(plain);
  });
});

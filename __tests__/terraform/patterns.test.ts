import { re2 } from "../../modules/logging-pipeline/inputs/patterns";
import { literal } from "../../modules/terraform/expression";
import { ACCEPTED_PATTERNS, REFUSED_PATTERNS } from "../support/re2-patterns";
import { evaluated } from "../support/terraform";

/** What Go accepts and the function does not, or which only seems to be that. */
const COUNTED_PATTERNS = [
  ...["a{10}(?i){90}", "a(?i){2}", "(?i){2}", "\\Q(\\E", "(a(?i){2})b"],
  ...["(?P<a>x)(?P<a>y)", "\\((?P<a>x)", "(?P<a>x)\\(?P<a>", "(?P<a>x)(?P<b>y)"],
  ...["x{998}", "x{999}", ".{0,499}", ".{0,500}", "[^ ]{1,500}", "x{500}y{499}", "x{500}y{498}", "\\w{1,64}@\\w{1,64}"],
  ...[
    "\\{1001}",
    "\\x{1F600}{2}",
    "\\p{Greek}{2,}",
    "[{999}]",
    "x{998,}",
    "x{996,}",
    "a".repeat(999),
    "é\r\n".repeat(333),
  ],
  // Groups: those in others are counted as often as the others are repeated.
  ...["(a{10}b){90}", "(a{10}b){76}", "(abcdefgh){99}", "(abcdefgh){100}", "((a{9}){9}b){9}", "((a{9}){9}b){11}"],
  ...[
    "(\\d{1,3}\\.){3}\\d{1,3}",
    "([0-9a-f]{2}:){5}[0-9a-f]{2}",
    "(?:(?:25[0-5]|1?\\d?\\d)\\.){3}",
    "[(]{2}\\)",
    "(){9}",
  ],
  ...[
    "((((((a){2}){2}){2}){2}){2}){2}",
    "(((((((a)))))))",
    "(?i)(?s:a(?P<n>b)?|(c|d)*){0,80}",
    "(?i:a(b)?|(c|d)*){0,60}",
  ],
];

it("Terraform's plan judges patterns as the function does", async () => {
  const patterns = [...ACCEPTED_PATTERNS, ...REFUSED_PATTERNS, ...COUNTED_PATTERNS];
  const accepted = await evaluated(`[for each in [${patterns.map(literal).join(", ")}] : ${re2.condition("each")}]`);

  const byFunction = patterns.map((pattern) => [pattern, re2.accepts(pattern)]);
  expect(patterns.map((pattern, i) => [pattern, (accepted as boolean[])[i]])).toEqual(byFunction);
  expect(new Set(byFunction.map(([, isAccepted]) => isAccepted)).size).toBe(2);
});

import { endOfRun, isDigit, isLetterOrDigit } from "../characters";
import { type TextFinder, type TextRange, valuesBehind } from "../text-range";
import { findPasswords, findUrlPasswords, PASSWORD_NAMES } from "./password";

const isOneOf = (characters: string) => {
  const codes = new Set([...characters].map((character) => character.charCodeAt(0)));
  return (code: number) => isLetterOrDigit(code) || codes.has(code);
};

const isBase64Url = isOneOf("_-");
const isUpperCase = (code: number) => isDigit(code) || (code >= 0x41 && code <= 0x5a);
const isToken68 = isOneOf("-._~+/");
const isPadding = (code: number) => code === 0x3d;

/** @returns `start` for what may be a name with its value: `token_type=bearer expires_in=3600` */
function endOfToken68(text: string, start: number): number {
  const end = endOfRun(text, endOfRun(text, start, isToken68), isPadding);
  if (!isToken68(text.charCodeAt(end))) return end;
  return /\d/.test(text.slice(start, end)) ? endOfRun(text, end, (code) => isToken68(code) || isPadding(code)) : start;
}

/** Tokens that have a prefix of their own. */
interface TokenForm {
  prefix: string;
  isOfToken: (code: number) => boolean;
  /** Minimum length of what follows the prefix. */
  minimum: number;
}

const FORMS: readonly TokenForm[] = [
  // Source: RFC 7519, "JSON Web Token": parts in base64url, with dots between; a header begins with `{"`.
  { prefix: "eyJ", isOfToken: isOneOf("_-."), minimum: 17 },
  // Source: IAM User Guide, "IAM identifiers", unique ID prefixes: keys of users, roles, and bearers.
  ...["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) => ({ prefix, isOfToken: isUpperCase, minimum: 16 })),
  // Source: GitHub Docs, "About authentication to GitHub", token formats.
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) => ({ prefix, isOfToken: isBase64Url, minimum: 20 })),
  { prefix: "github_pat_", isOfToken: isBase64Url, minimum: 20 },
  // Source: GitLab Docs, "Token overview", prefixes.
  { prefix: "glpat-", isOfToken: isOneOf("_-."), minimum: 20 },
  // Source: Slack API, "Tokens".
  ...["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"].map((prefix) => ({
    prefix,
    isOfToken: isBase64Url,
    minimum: 10,
  })),
  // Source: Stripe Docs, "API keys".
  ...["sk_live_", "rk_live_", "sk_test_", "rk_test_"].map((prefix) => ({
    prefix,
    isOfToken: isOneOf(""),
    minimum: 10,
  })),
  // Source: npm Docs, "About access tokens".
  { prefix: "npm_", isOfToken: isOneOf(""), minimum: 36 },
  // Source: Google Cloud documentation, "API keys".
  { prefix: "AIza", isOfToken: isBase64Url, minimum: 35 },
];

/** Source: RFC 9110, "HTTP Semantics", and RFC 6750: credentials of the schemes Bearer and Basic, and what programs make of them. */
const CREDENTIALS =
  /(?:(?<![A-Za-z0-9])|(?<=authorization))(bearer|basic)((?:[ \t]|%20|\+){1,9}|(?:[ \t:=]|\\?["']){1,9})(?=[A-Za-z0-9])/gi;

/** The header's name, and the scheme of its credentials if it has one. AWS's own has keys and signatures that are found by themselves. */
const AUTHORIZATION =
  /authorization(?:\\?["'])?[ \t]{0,9}[=:][ \t]{0,9}(?:\[[ \t]{0,3})?(?:\\?["'])?(?!AWS4-)(?:[a-z][\w-]{0,30}(?:[ \t]|%20|\+){1,9})?(?=[A-Za-z0-9+/])/gi;

const SCHEME = /bearer|basic|authorization/i;

/**
 * Names whose values are secrets, of AWS's signatures and keys, and of OAuth 2.0.
 *
 * Source: AWS General Reference, "Signature Version 4 query parameters"; RFC 6749.
 */
const NAMES =
  "x-amz-security-token|x-amz-signature|aws_?secret_?access_?key|aws_?session_?token|secret_?access_?key|access_?token|refresh_?token|id_?token|client_?secret|(?<![A-Za-z-])signature(?==)";

/** Such a name, with what is before its value in queries, headers and assignments. */
const NAMED = new RegExp(
  String.raw`(?:${NAMES})(?:\\?["'])?[ \t]{0,3}[=:][ \t]{0,3}(?:\[[ \t]{0,3})?(?:\\?["'])?(?=[A-Za-z0-9+/])`,
  "gi",
);

const SECRET_NAME = new RegExp(`(?:${NAMES}|${PASSWORD_NAMES})$`, "i");

/** Whether a field's value is a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** What begins a token of a form. */
const PREFIX = new RegExp(FORMS.map(({ prefix }) => prefix).join("|"));

/** Limit of credentials of Basic, in characters: whatever is longer is redacted. */
const MAX_BASIC = 1024;

/** Finds tokens: JSON Web Tokens, AWS's keys, credentials of Bearer and Basic, keys of well-known services, and named secrets. */
export const findTokens: TextFinder = (text) => {
  const found: TextRange[] = [...findNamedSecrets(text), ...findUrlPasswords(text)];
  if (PREFIX.test(text)) for (const form of FORMS) findForm(text, form, found);
  if (!SCHEME.test(text)) return found;
  const endIf = (isKnown: (credentials: string) => boolean, start: number) =>
    isKnown(text.slice(start, start + MAX_BASIC)) ? endOfToken68(text, start) : start;
  const credentials = valuesBehind(text, CREDENTIALS, (start, { 1: scheme, 2: sign }) => {
    if (scheme!.toLowerCase() === "basic") return endIf(isBasic, start);
    return endIf(/[:="']/.test(sign!) ? isNoWord : isBearer, start);
  });
  return [...found, ...credentials, ...valuesBehind(text, AUTHORIZATION, (start) => endIf(isNoWord, start))];
};

/** Finds the values of secrets by their names. */
const findNamedSecrets: TextFinder = (text) => {
  if (!mayHaveSecretName(text)) return [];
  return [...valuesBehind(text, NAMED, (start) => endOfRun(text, start, isNamedValue)), ...findPasswords(text)];
};

/** What all of these names have. */
const NAME = /amz-s|secret|token|key|pass|pwd|signature=/i;

export const mayHaveSecretName = (text: string): boolean => NAME.test(text);

const isNamedValue = isOneOf("-._~+/=%");

function findForm(text: string, { prefix, isOfToken, minimum }: TokenForm, found: TextRange[]): void {
  let end = 0;
  for (let start = text.indexOf(prefix); start >= 0; start = text.indexOf(prefix, end)) {
    const first = start + prefix.length;
    end = endOfRun(text, first, isOfToken);
    if (end - first >= minimum) found.push({ start, end });
  }
}

const isBearer = (text: string): boolean => endOfToken68(text, 0) >= 8;

/** Whether a text begins with what may be credentials, and is no word of a sentence. */
const isNoWord = (text: string): boolean => isBearer(text) && /\d/.test(text.slice(0, endOfToken68(text, 0)));

/** Whether a text begins with what Basic authentication sends: `user:password`, in base64. Basic English is not. */
function isBasic(text: string): boolean {
  const end = endOfToken68(text, 0);
  return end === MAX_BASIC || /^[^\p{C}]*:[^\p{C}]*$/u.test(Buffer.from(text.slice(0, end), "base64").toString("utf8"));
}

import { X509Certificate } from "node:crypto";
import { parsedObject } from "../../json/object";
import { apiKeyAuthorization, basicAuthorization } from "./authorization";

/** What a request to the search endpoint carries, and whom it trusts. */
export interface SearchCredentials {
  /** Value of the header. */
  authorization: string;
  /** Certificates of the authorities that are trusted in place of the public ones, in PEM. */
  ca?: string;
}

export const CREDENTIALS_ALLOWED =
  'JSON with "username" and "password", or with "api_key", and perhaps "ca_certificate" in PEM';

/** The members that are read. Others, which rotation functions need, are not. */
const KNOWN = ["username", "password", "id", "api_key", "encoded", "ca_certificate"] as const;

type Members = Partial<Record<(typeof KNOWN)[number], string>>;

/**
 * Parses the text of a secret: `username` and `password`; or `api_key`, encoded or as `id:api_key`; or what Elasticsearch answers
 * to "Create an API key", with `id`, `api_key` and `encoded`.
 *
 * @returns what is wrong with it, without any text of it, if it holds none
 */
export function parseSearchCredentials(text: string): SearchCredentials | { mistakes: readonly string[] } {
  const object = parsedObject(text);
  if (!object) return { mistakes: [`it is ${text === "" ? "empty" : "no JSON object"}`] };
  const mistakes: string[] = [];
  const members: Members = {};
  for (const name of KNOWN) {
    const value = object[name];
    if (value === undefined || value === null) continue;
    if (typeof value === "string" && value !== "") members[name] = value;
    else mistakes.push(`${name} is ${value === "" ? "empty" : "no text"}`);
  }
  // What is there and wrong is not missing as well.
  const authorization = mistakes.length > 0 ? undefined : authorizationOf(members, mistakes);
  const ca = members.ca_certificate === undefined ? undefined : certificatesIn(members.ca_certificate);
  if (members.ca_certificate !== undefined && ca === undefined)
    mistakes.push("ca_certificate is no certificate in PEM");
  return mistakes.length > 0 ? { mistakes } : { authorization: authorization!, ...(ca !== undefined && { ca }) };
}

function authorizationOf(
  { username, password, id, api_key, encoded }: Members,
  mistakes: string[],
): string | undefined {
  const hasUser = username !== undefined || password !== undefined;
  const key = encoded ?? (id !== undefined && api_key !== undefined ? `${id}:${api_key}` : api_key);
  if (hasUser && key !== undefined) mistakes.push("it has both a user and an API key");
  else if (key !== undefined) return apiKeyOf(key, mistakes);
  else if (hasUser) return basicOf(username, password, mistakes);
  else mistakes.push("it has neither username and password nor api_key");
  return undefined;
}

function basicOf(user: string | undefined, password: string | undefined, mistakes: string[]): string | undefined {
  if (user === undefined) mistakes.push("it has a password and no username");
  else if (user.includes(":")) mistakes.push("username has a colon, which basic authentication cannot send");
  if (password === undefined) mistakes.push("it has a username and no password");
  if (CONTROL.test(`${user}${password}`))
    mistakes.push("username or password has a control character, such as a line break");
  return mistakes.length > 0 ? undefined : basicAuthorization(user!, password!);
}

function apiKeyOf(key: string, mistakes: string[]): string | undefined {
  if (/^[!-~]+$/.test(key)) return apiKeyAuthorization(key);
  mistakes.push("the API key has a space, a line break or another character that no key has");
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 7617 forbids them.
const CONTROL = /[\u0000-\u001f\u007f]/;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/** The console's form for keys and values turns line breaks into spaces, and shells leave `\n`. */
function certificatesIn(pem: string): string | undefined {
  const found = [...pem.replaceAll("\\n", "\n").matchAll(CERTIFICATE)].map(([, body]) => {
    const lines = body!.replace(/\s/g, "").match(/.{1,64}/g) ?? [];
    return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  });
  return found.length > 0 && found.every(isCertificate) ? found.join("") : undefined;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

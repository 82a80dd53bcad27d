import { isIP } from "node:net";
import type { InputRule } from "../../inputs/rules";

/** `10.0.0.0/8` or `2001:db8::/32`. */
export const cidr: InputRule = {
  allowed: "a range of IP addresses such as 203.0.113.0/24; a single one ends in /32, or in /128 for IPv6",
  source: "IAM User Guide, IAM JSON policy elements: Condition operators, IP address condition operators",
  accepts: (value) => {
    const [, address = "", bits = ""] = /^([^/]+)\/(\d{1,3})$/.exec(String(value)) ?? [];
    const version = isIP(address);
    return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
  },
  condition: (value) => `can(cidrhost(${value}, 0))`,
};

/** Begin the ids of the pipeline's own statements: ids must differ. */
const OWN_IDS = ["Forwarder", "Cleanup", "Readers", "SignedIn"];

const ELEMENTS = ["Principal", "Action", "Resource"];
const ALLOWED = ["Sid", "Effect", "Condition", ...ELEMENTS.flatMap((name) => [name, `Not${name}`])];

/**
 * One statement of a resource policy as JSON, by what can be told without AWS: which elements it has.
 *
 * @param ownIds begin the ids of the policy's other statements
 */
export const policyStatement = (ownIds: readonly string[]): InputRule => ({
  allowed:
    'a statement as jsonencode writes it, with Effect ("Allow" or "Deny"), Principal, Action and Resource (or NotPrincipal, …), ' +
    `at most also Condition, and a Sid that does not begin with ${ownIds.join(", ")}`,
  source: "IAM User Guide, IAM JSON policy elements reference",
  accepts: (value) => isStatement(parsed(String(value)), ownIds),
  condition: (value) => {
    const given = `jsondecode(${value})`;
    const conditions = [
      `contains(["Allow", "Deny"], ${given}.Effect)`,
      `length(setsubtract(keys(${given}), ${JSON.stringify(ALLOWED)})) == 0`,
      ...ELEMENTS.map((name) => `length(setintersection(keys(${given}), ["${name}", "Not${name}"])) == 1`),
      `!can(regex("^(${ownIds.join("|")})", ${given}.Sid))`,
    ];
    return `try(${conditions.join(" && ")}, false)`;
  },
});

/** One statement of the domain's access policy. */
export const statement = policyStatement(OWN_IDS);

function isStatement(value: unknown, ownIds: readonly string[]): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const { Effect, Sid }: { Effect?: unknown; Sid?: unknown } = value;
  const names = Object.keys(value);
  return (
    (Effect === "Allow" || Effect === "Deny") &&
    names.every((name) => ALLOWED.includes(name)) &&
    ELEMENTS.every((name) => names.filter((each) => each === name || each === `Not${name}`).length === 1) &&
    !ownIds.some((own) => String(Sid ?? "").startsWith(own))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Somebody whom a role is mapped to. */
export interface Principal {
  kind: "users" | "backend_roles";
  /** An ARN, or the name of an internal user or of a backend role, such as a group of SAML or Cognito. */
  name: string;
}

/** A name, printable and without spaces at its ends, of at most this many characters. */
const NAME = /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,512}(?<! )$/u;

/** The AWS documentation, "Fine-grained access control", maps IAM roles as backend roles and IAM users as users. */
const IAM_USER = /^arn:aws[a-z-]*:iam::\d{12}:user\//;

const USER_MARK = "user:";

export const principalValue = {
  allowed: "the ARN of an IAM role or user, user:<internal user>, or a backend role (a group of SAML or Cognito)",
  parse(given: string): Principal | undefined {
    const isMarked = given.startsWith(USER_MARK);
    const name = isMarked ? given.slice(USER_MARK.length) : given;
    if (!NAME.test(name)) return undefined;
    return { kind: isMarked || IAM_USER.test(name) ? "users" : "backend_roles", name };
  },
};

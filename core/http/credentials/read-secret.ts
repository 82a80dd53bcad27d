import { parsedObject } from "../../json/object";
import { classify } from "../../retry/rule";
import { awsDenial } from "../aws-denial";
import { awsErrorType } from "../aws-json";
import { SECRETS_MANAGER_FAILED } from "../connection-rules";
import { failureReason } from "../failure-reason";
import type { HttpResponse, Send } from "../send";
import type { SecretError } from "./secret-error";
import { SECRET_RULES } from "./secret-rules";

/** A secret has up to 65,536 bytes, of which each may take six in JSON. Source: Secrets Manager User Guide, "Secrets Manager quotas". */
const MAX_RESPONSE_BYTES = 512 * 1024;

export interface SecretIo {
  /** Of the secret. */
  arn: string;
  /** Sends to Secrets Manager. */
  secretsManager: Send;
  /** Functions load this from a file of its own, and know the errors of their own classes. */
  SecretError: typeof SecretError;
}

/**
 * Reads the current value of a secret, once.
 *
 * Source: Secrets Manager API Reference, "GetSecretValue".
 *
 * @throws SecretError until somebody acts
 * @throws Error with the code of the connection or SECRETS_MANAGER_FAILED, for what passes
 */
export async function readSecret(io: SecretIo, timeoutMs: number): Promise<string> {
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": "secretsmanager.GetSecretValue",
  };
  const body = Buffer.from(JSON.stringify({ SecretId: io.arn }));
  const response = await io
    .secretsManager({
      ...{ method: "POST", path: "/", headers, body, timeoutMs, maxResponseBytes: MAX_RESPONSE_BYTES },
    } as const)
    .catch((error) => {
      throw failed(failureReason(error), (error as NodeJS.ErrnoException).code);
    });
  return valueIn(response, io);
}

function valueIn({ status, body }: HttpResponse, { arn, SecretError }: SecretIo): string {
  const type = awsErrorType(body);
  const kind = `${status} ${type}`.trim();
  const rule = classify(SECRET_RULES, { status, type });
  switch (rule.outcome) {
    case "acknowledged": {
      const value = parsedObject(body)?.SecretString;
      if (typeof value === "string") return value;
      throw new SecretError(
        "SECRET_UNUSABLE",
        `The secret ${arn} has no text: give it a SecretString, not a binary value.`,
      );
    }
    case "retried":
      throw failed(kind);
    case "returned to Lambda": {
      const { message, Message } = parsedObject(body) ?? {};
      const denial = awsDenial(message ?? Message);
      const said = denial && ` AWS said: ${denial}`;
      throw new SecretError(rule.code, `The secret ${arn} cannot be read: ${kind}. ${rule.advice}${said}`);
    }
    default:
      return rule satisfies never;
  }
}

/** Named, because the engine's own failures are reported beside it. */
const failed = (reason: string, code: unknown = SECRETS_MANAGER_FAILED): Error =>
  Object.assign(new Error(`Secrets Manager: ${reason}`), {
    code: typeof code === "string" ? code : SECRETS_MANAGER_FAILED,
  });

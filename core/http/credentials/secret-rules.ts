import type { Rule } from "../../retry/rule";

/** A response of Secrets Manager. */
export interface SecretResponse {
  status: number;
  /** Of its error; "" without one. */
  type: string;
}

const DENIED = [
  ...["AccessDeniedException", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException"],
  ...["IncompleteSignature", "ExpiredTokenException", "MissingAuthenticationToken", "NotAuthorized", "OptInRequired"],
];

const PASSING =
  /^(Throttling|TooManyRequests|RequestTimeout|RequestLimitExceeded|Internal|ServiceUnavailable|ServiceFailure)/;

/**
 * Classifies a response of Secrets Manager to GetSecretValue.
 *
 * Sources: Secrets Manager API Reference, "GetSecretValue" and "Common Errors".
 */
export const SECRET_RULES: readonly Rule<SecretResponse, "acknowledged" | "retried" | "returned to Lambda">[] = [
  { when: "200", applies: ({ status }) => status === 200, outcome: "acknowledged" },
  {
    when: "429, any 5xx, `ThrottlingException`, `InternalServiceError`: throttled or failing",
    applies: ({ status, type }) => status === 429 || status >= 500 || PASSING.test(type),
    outcome: "retried",
  },
  {
    when: "`AccessDeniedException`, any 401 or 403: no permission for the secret or its key, wrong or expired credentials",
    applies: ({ status, type }) => status === 401 || status === 403 || DENIED.includes(type),
    outcome: "returned to Lambda",
    code: "ACCESS_DENIED",
    advice:
      "Allow the role secretsmanager:GetSecretValue on the secret and, if it has a key of its own, kms:Decrypt on that " +
      "(search_credentials.kms_key_arn); a secret in another account, and its key, also have to allow the role themselves.",
  },
  {
    when: "`ResourceNotFoundException`: no such secret, or none with a value",
    applies: ({ type }) => type === "ResourceNotFoundException",
    outcome: "returned to Lambda",
    code: "SECRET_UNUSABLE",
    advice: "Correct search_credentials.secret_arn, or give the secret a value.",
  },
  {
    when: "anything else: `InvalidRequestException` (scheduled for deletion), `DecryptionFailure` (its key is disabled or gone)",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "SECRET_UNUSABLE",
    advice: "Restore the secret if it is scheduled for deletion; enable its KMS key.",
  },
];

import { readSecret } from "../../../../core/http/credentials/read-secret";
import { SecretError } from "../../../../core/http/credentials/secret-error";
import type { HttpRequest, HttpResponse, Send } from "../../../../core/http/send";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf";
const json = (status: number, body: unknown): HttpResponse => ({ status, body: JSON.stringify(body) });

const DENIAL =
  "User: arn:aws:sts::123456789012:assumed-role/forwarder/foo is not authorized to perform: secretsmanager:GetSecretValue on " +
  `resource: ${ARN} because no identity-based policy allows the secretsmanager:GetSecretValue action`;

const read = (secretsManager: Send, timeoutMs = 1_000) =>
  readSecret({ arn: ARN, secretsManager, SecretError }, timeoutMs);

describe("readSecret", () => {
  it("asks for the current value by the JSON protocol, within its time", async () => {
    const requests: HttpRequest[] = [];
    const send = async (request: HttpRequest) => {
      requests.push(request);
      return json(200, { ARN, SecretString: "the text", VersionId: "v1" });
    };
    expect(await read(send, 1_234)).toBe("the text");
    expect(requests).toEqual([
      {
        method: "POST",
        path: "/",
        headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "secretsmanager.GetSecretValue" },
        body: Buffer.from(JSON.stringify({ SecretId: ARN })),
        timeoutMs: 1_234,
        maxResponseBytes: 512 * 1024,
      },
    ]);
  });

  it.each<[HttpResponse, string, RegExp]>([
    [
      json(400, { __type: "AccessDeniedException", Message: DENIAL }),
      "ACCESS_DENIED",
      /400 AccessDeniedException\. Allow the role .+ AWS said: User: arn/,
    ],
    [
      json(400, { __type: "AccessDeniedException", Message: "Access to KMS is not allowed" }),
      "ACCESS_DENIED",
      /kms:Decrypt on that/,
    ],
    [json(403, { __type: "InvalidClientTokenId" }), "ACCESS_DENIED", /403 InvalidClientTokenId/],
    [
      json(400, { __type: "ResourceNotFoundException", Message: "hunter2" }),
      "SECRET_UNUSABLE",
      /Correct search_credentials\.secret_arn/,
    ],
    [json(400, { __type: "InvalidRequestException" }), "SECRET_UNUSABLE", /scheduled for deletion/],
    [
      json(400, { __type: "com.amazonaws#DecryptionFailure" }),
      "SECRET_UNUSABLE",
      /400 DecryptionFailure.+enable its KMS key/,
    ],
    [{ status: 302, body: "<html>hunter2" }, "SECRET_UNUSABLE", /cannot be read: 302\./],
    [json(200, { SecretBinary: "aHVudGVyMg==" }), "SECRET_UNUSABLE", /has no text: give it a SecretString/],
    [{ status: 200, body: "hunter2" }, "SECRET_UNUSABLE", /has no text/],
  ])("throws until somebody acts: %j", async (response, code, message) => {
    const error = await read(async () => response).catch((thrown) => thrown);
    expect([error.name, error.code]).toEqual(["SecretError", code]);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`The secret ${ARN} `);
    expect(error.message).not.toContain("hunter2");
  });

  it.each([
    json(400, { __type: "ThrottlingException" }),
    json(400, { __type: "InternalServiceError" }),
    json(500, { __type: "InternalFailure" }),
    { status: 503, body: "" },
    { status: 429, body: "" },
  ])("leaves what passes to the retries: %j", async (response) => {
    await expect(read(async () => response)).rejects.toMatchObject({
      message: expect.stringMatching(/^Secrets Manager: \d{3}/),
      code: "SECRETS_MANAGER_FAILED",
    });
  });
});

import { randomBytes } from "node:crypto";
import { parsedObject } from "../../core/json/object";
import type { ApiClient } from "../client";

/** A version of a secret. */
export interface SecretVersion {
  text: string;
  versionId: string;
}

/** Calls of Secrets Manager about one secret. Source: Secrets Manager API Reference. */
export interface SecretApi {
  /** Returns the current version. @throws ApiError */
  read(): Promise<SecretVersion>;
  /** Keeps a version that is not the current one yet, as AWSPENDING. @throws ApiError */
  prepare(version: SecretVersion): Promise<void>;
  /** Makes a version the current one. @throws ApiError */
  promote(versionId: string, replacedId: string): Promise<void>;
}

export function secretApi(SecretId: string, secretsManager: ApiClient): SecretApi {
  const call = async (operation: string, body: object) =>
    (
      await secretsManager.call({
        method: "POST",
        path: "/",
        headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": `secretsmanager.${operation}` },
        body: { SecretId, ...body },
      })
    ).body as Record<string, unknown>;
  return {
    async read() {
      const { SecretString, VersionId } = await call("GetSecretValue", {});
      return { text: String(SecretString ?? ""), versionId: String(VersionId) };
    },
    async prepare({ text, versionId }) {
      const stages = { VersionStages: ["AWSPENDING"] };
      await call("PutSecretValue", { SecretString: text, ClientRequestToken: versionId, ...stages });
    },
    async promote(versionId, replacedId) {
      const ids = { MoveToVersionId: versionId, RemoveFromVersionId: replacedId };
      await call("UpdateSecretVersionStage", { VersionStage: "AWSCURRENT", ...ids });
    },
  };
}

/** Returns a secret's text with another password: of a JSON object its member `password`, otherwise the whole text. */
export function withPassword(text: string, password: string): string {
  const members = parsedObject(text);
  return members ? JSON.stringify({ ...members, password }) : password;
}

/**
 * Returns a new password. Source: Amazon OpenSearch Service Developer Guide "Fine-grained access control": at least 8
 * characters, with an upper-case and a lower-case letter, a digit and a special character.
 */
export const newPassword = (): string => `${randomBytes(24).toString("base64url")}-aA1`;

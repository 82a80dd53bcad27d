import { randomUUID } from "node:crypto";
import { ApiError } from "../api-error";
import type { ApiClient } from "../client";
import { securityApi } from "../roles/security-api";
import type { SetupItem, SetupPart } from "../setup/item";
import { newPassword, type SecretApi, type SecretVersion, withPassword } from "./secret";

/** The password of the user who is logged in, who is the domain's internal master user. */
export function passwordPart(secret: SecretApi, password: string, engine: ApiClient): SetupPart {
  return {
    title: "password of the internal master user",
    items: async () => [rotation(await secret.read(), secret, password, engine)],
  };
}

/** Each step leaves the password in the secret: as the current version, or as AWSPENDING. */
function rotation(replaced: SecretVersion, secret: SecretApi, password: string, engine: ApiClient): SetupItem {
  const versionId = randomUUID();
  const desired = { "secret's version": versionId };
  return {
    title: "password of the internal master user",
    desired,
    read: async () => ({ actual: { "secret's version": replaced.versionId }, desired }),
    async write() {
      const api = await securityApi(engine);
      const next = newPassword();
      await secret.prepare({ text: withPassword(replaced.text, next), versionId });
      await api.changePassword(password, next).catch((error) => {
        throw explained(error, "If the user has a new password now, it is the version AWSPENDING of the secret.");
      });
      await secret.promote(versionId, replaced.versionId).catch((error) => {
        throw explained(
          error,
          `The user has the new password, which is the version ${versionId} (AWSPENDING) of the secret: move AWSCURRENT to it ` +
            `by \`aws secretsmanager update-secret-version-stage --version-stage AWSCURRENT --move-to-version-id ${versionId} ` +
            `--remove-from-version-id ${replaced.versionId} --secret-id …\`.`,
        );
      });
    },
  };
}

function explained(error: unknown, more: string): unknown {
  return error instanceof ApiError ? new ApiError(`${error.message} ${more}`, error.status) : error;
}

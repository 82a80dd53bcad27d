import { isObject } from "../../core/json/object";
import type { ApiClient } from "../client";
import { UnavailableError } from "../setup/item";

/** Of OpenSearch, and of the Elasticsearch that OpenSearch Service offers. */
const BASES = ["/_plugins/_security/api", "/_opendistro/_security/api"] as const;

export type SecurityKind = "roles" | "rolesmapping";

/** What has names, by them. */
type NamedObjects = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The REST API of the security plugin. Source: OpenSearch Documentation "Access control: API". */
export interface SecurityApi {
  /** Returns what has this name; undefined: nothing. @throws ApiError */
  get(kind: SecurityKind, name: string): Promise<Record<string, unknown> | undefined>;
  /** Returns all that there is. @throws ApiError */
  list(kind: SecurityKind | "actiongroups"): Promise<NamedObjects>;
  /** @throws ApiError */
  put(kind: SecurityKind, name: string, body: object): Promise<void>;
  /** Changes the password of the user who calls. @throws ApiError */
  changePassword(current: string, next: string): Promise<void>;
}

/**
 * Finds the API that the engine has.
 *
 * @throws UnavailableError if it has none
 * @throws ApiError
 */
export async function securityApi(engine: ApiClient): Promise<SecurityApi> {
  for (const base of BASES) {
    // An engine without the plugin answers 400, and older ones read the path as an index and a document.
    const { body } = await engine.call({ method: "GET", path: `${base}/roles/none`, accepted: [400, 404, 405] });
    if (isObject(body) && body.status === "NOT_FOUND") return apiAt(base, engine);
  }
  throw new UnavailableError(
    "The engine has no OpenSearch security plugin (fine-grained access control), so no roles were put. " +
      "Who may do what is decided in front of it: by the domain's access policy, by IAM, or by Elasticsearch's own roles.",
  );
}

function apiAt(base: string, engine: ApiClient): SecurityApi {
  const pathOf = (kind: SecurityKind, name: string) => `${base}/${kind}/${encodeURIComponent(name)}`;
  return {
    async get(kind, name) {
      const { body } = await engine.call({ method: "GET", path: pathOf(kind, name), accepted: [404] });
      const found = isObject(body) ? body[name] : undefined;
      return isObject(found) ? found : undefined;
    },
    async list(kind) {
      const { body } = await engine.call({ method: "GET", path: `${base}/${kind}` });
      const entries = Object.entries(isObject(body) ? body : {});
      return Object.fromEntries(entries.flatMap(([name, found]) => (isObject(found) ? [[name, found]] : [])));
    },
    async put(kind, name, body) {
      await engine.call({ method: "PUT", path: pathOf(kind, name), body });
    },
    async changePassword(current, next) {
      await engine.call({
        method: "PUT",
        path: `${base}/account`,
        body: { current_password: current, password: next },
      });
    },
  };
}

import { ApiError } from "../api-error";
import type { ApiClient } from "../client";
import type { SavedObject } from "./saved-object";

/** Dashboards takes a request that changes something only with the first of these, Kibana with the second. */
const XSRF = { "osd-xsrf": "true", "kbn-xsrf": "true" };

/** The security plugin otherwise chooses the tenant that the user was in last, which may be private. */
const TENANT = { securitytenant: "global" };

const BOUNDARY = "saved-objects-of-a-logging-pipeline";

/** A saved object that Dashboards has. */
export type SavedObjectContent = Pick<SavedObject, "attributes" | "references">;

/** Dashboards' API of saved objects. */
export interface SavedObjectsApi {
  /** Returns the objects that there are, by `keyOf`. @throws ApiError */
  read(objects: readonly SavedObject[]): Promise<ReadonlyMap<string, SavedObjectContent>>;
  /** Creates an object, or overwrites the one of its type and id. @throws ApiError */
  write(object: SavedObject): Promise<void>;
}

export const keyOf = ({ type, id }: Pick<SavedObject, "type" | "id">): string => `${type}:${id}`;

/** @param basePath of Dashboards, such as `/_dashboards`; without a slash at its end */
export function savedObjectsApi(client: ApiClient, basePath: string): SavedObjectsApi {
  const path = `${basePath}/api/saved_objects`;
  return {
    async read(objects) {
      const call = { method: "POST", path: `${path}/_bulk_get`, headers: { ...XSRF, ...TENANT } } as const;
      const { body } = await client.call({ ...call, body: objects.map(({ type, id }) => ({ type, id })) });
      const found = (body as BulkGetResponse).saved_objects.filter(({ error }) => error === undefined);
      return new Map(found.map((object) => [keyOf(object), object]));
    },

    async write(object) {
      const call = { method: "POST", path: `${path}/_import?overwrite=true` } as const;
      const headers = { ...XSRF, ...TENANT, "Content-Type": `multipart/form-data; boundary=${BOUNDARY}` };
      const { body } = await client.call({ ...call, headers, body: multipart(`${JSON.stringify(object)}\n`) });
      const { success, errors = [] } = body as ImportResponse;
      if (success) return;
      const reasons = errors.map(({ error }) => JSON.stringify(error)).join(", ");
      throw new ApiError(`Dashboards did not import ${keyOf(object)}: ${reasons || "it does not say why"}.`, undefined);
    },
  };
}

interface BulkGetResponse {
  saved_objects: (SavedObject & { error?: object })[];
}

interface ImportResponse {
  success: boolean;
  errors?: { error: object }[];
}

/** Dashboards takes files whose name ends in `.ndjson`. */
const multipart = (ndjson: string): string =>
  [
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="file"; filename="saved-objects.ndjson"',
    "Content-Type: application/ndjson",
    "",
    ndjson,
    `--${BOUNDARY}--`,
    "",
  ].join("\r\n");

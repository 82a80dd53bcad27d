/** Types of saved objects, and the version of Dashboards' migrations that what is written here has gone through. */
export const MIGRATION_VERSIONS = {
  "index-pattern": "7.6.0",
  search: "7.9.3",
  visualization: "7.10.0",
  dashboard: "7.9.3",
} as const;

export type SavedObjectType = keyof typeof MIGRATION_VERSIONS;

export interface SavedObjectReference {
  name: string;
  type: SavedObjectType;
  id: string;
}

/** A saved object of Dashboards, as its export and import have it. */
export interface SavedObject {
  type: SavedObjectType;
  id: string;
  attributes: Readonly<Record<string, unknown>>;
  references: readonly SavedObjectReference[];
  migrationVersion: Partial<Record<SavedObjectType, string>>;
}

/** Returns a saved object that Dashboards has nothing to migrate in. */
export function savedObject(
  type: SavedObjectType,
  id: string,
  attributes: SavedObject["attributes"],
  references: readonly SavedObjectReference[] = [],
): SavedObject {
  return { type, id, attributes, references, migrationVersion: { [type]: MIGRATION_VERSIONS[type] } };
}

/** What a pipeline's saved objects are named by. */
export interface SavedObjectNames {
  /** The pipeline's. */
  pipeline: string;
}

/**
 * Returns a saved object's id: the same for each run, so that it is overwritten and not added again.
 *
 * @param slug none ends in `-` and another one: two pipelines then share no id, whatever their names
 */
export const savedObjectId = ({ pipeline }: SavedObjectNames, slug: string): string => `${pipeline}-${slug}`;

/** Returns a saved object's title, which tells those of two pipelines apart. */
export const savedObjectTitle = ({ pipeline }: SavedObjectNames, title: string): string => `${pipeline}: ${title}`;

/** A release of OpenSearch or Elasticsearch, in the distribution without plugins that Maven Central has. */
export interface EngineRelease {
  /** Names its Maven artifact, its directory, its settings file and its Java package. */
  readonly name: "opensearch" | "elasticsearch";
  /** Pinned exactly: the metadata in Maven Central is incomplete. */
  readonly version: string;
  /** What one node needs beside the settings that both engines understand. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings of the cluster, which are in its state instead of the settings file. @default none */
  readonly clusterSettings?: Readonly<Record<string, unknown>>;
  /** How it is started. @param home where it is unpacked */
  launch(home: string, directories: EngineDirectories, jvmOptions: readonly string[]): Promise<EngineCommand>;
}

/** Directories that one node writes to. */
export type EngineDirectories = Readonly<Record<(typeof DIRECTORIES)[number], string>>;

export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export const DIRECTORIES = ["config", "data", "logs", "tmp", "jna"] as const;

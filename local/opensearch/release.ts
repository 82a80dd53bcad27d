/** A release of OpenSearch or Elasticsearch, in the distribution without plugins that Maven Central has. */
export interface EngineRelease {
  /** Names its Maven artifact, its directory, its settings file and its Java package. */
  readonly name: "opensearch" | "elasticsearch";
  /** Pinned exactly: the metadata in Maven Central is incomplete. */
  readonly version: string;
  /** Of its zip, in hexadecimal. */
  readonly sha256: string;
  /** Plugins of OpenSearch's own, by Maven. @default none */
  readonly plugins?: readonly PluginRelease[];
  /** Settings of the node in addition to those common to both engines. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Cluster settings, which are in the cluster state instead of the settings file. @default none */
  readonly clusterSettings?: Readonly<Record<string, unknown>>;
  /** The command that starts it. @param home the directory that it is unpacked in */
  launch(home: string, directories: EngineDirectories, jvmOptions: readonly string[]): Promise<EngineCommand>;
}

export interface PluginRelease {
  /** Names its Maven artifact and its directory. */
  readonly name: string;
  readonly version: string;
  /** Of its zip, in hexadecimal. */
  readonly sha256: string;
}

/** Directories that a node writes to. */
export type EngineDirectories = Readonly<Record<(typeof DIRECTORIES)[number], string>>;

export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export const DIRECTORIES = ["config", "data", "logs", "tmp", "jna"] as const;

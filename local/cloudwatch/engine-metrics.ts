/** Metrics of a domain by name, as AWS derives them from its engine. */
export type EngineMetrics = Readonly<Record<string, number>>;

interface Health {
  readonly status: "green" | "yellow" | "red";
}

interface Block {
  readonly levels: readonly string[];
}

interface State {
  readonly blocks?: {
    readonly global?: Readonly<Record<string, Block>>;
    readonly indices?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  };
}

interface Stats {
  readonly nodes: Readonly<
    Record<
      string,
      {
        readonly fs: { readonly total: { readonly available_in_bytes: number } };
        readonly jvm: { readonly mem: { readonly heap_used_percent: number } };
      }
    >
  >;
}

const MIB = 1024 * 1024;

/**
 * Reads the metrics of a cluster. Blocks of single indices count as those of the cluster: a domain that is full has either.
 *
 * Source: OpenSearch Service Developer Guide "Monitoring OpenSearch cluster metrics with Amazon CloudWatch".
 *
 * @param url of the engine
 * @throws Error when it does not answer
 */
export async function engineMetrics(url: string): Promise<EngineMetrics> {
  const [{ status }, { blocks }, { nodes }] = await Promise.all([
    read<Health>(url, "/_cluster/health"),
    read<State>(url, "/_cluster/state/blocks"),
    read<Stats>(url, "/_nodes/stats/fs,jvm"),
  ]);
  const all = [blocks?.global ?? {}, ...Object.values(blocks?.indices ?? {})].flatMap((each) => Object.values(each));
  const ofNodes = Object.values(nodes);
  return {
    "ClusterStatus.green": Number(status === "green"),
    "ClusterStatus.yellow": Number(status === "yellow"),
    "ClusterStatus.red": Number(status === "red"),
    ClusterIndexWritesBlocked: Number(all.some(({ levels }) => levels.includes("write"))),
    FreeStorageSpace: Math.min(...ofNodes.map(({ fs }) => fs.total.available_in_bytes / MIB)),
    JVMMemoryPressure: Math.max(...ofNodes.map(({ jvm }) => jvm.mem.heap_used_percent)),
  };
}

async function read<Answer>(url: string, path: string): Promise<Answer> {
  const response = await fetch(url + path);
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

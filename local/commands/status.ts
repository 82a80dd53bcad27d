import { columns } from "../report/text";
import type { RunningPipeline, Services } from "../running";

const TIMEOUT_MS = 5_000;

/** What a person sees of one running pipeline. */
export async function status({ pid, startedAt, directory, services }: RunningPipeline): Promise<string> {
  const head = `Process ${pid}, since ${startedAt}, in ${directory}`;
  if (!services) return `${head}\n  It is starting.`;
  const { emulatorUrl, searchEndpoint } = services;
  const [emulator, indices] = await Promise.all([answer(emulatorUrl), indicesOf(services)]);
  return [
    head,
    columns([
      ["AWS emulator", emulatorUrl, typeof emulator === "string" ? emulator : "answers"],
      ["Search", searchEndpoint, typeof indices === "string" ? indices : "answers"],
      ...(typeof indices === "string"
        ? []
        : indices.map(({ index, docs, health }) => [index, `${docs} documents`, health])),
    ]),
  ].join("\n");
}

interface Index {
  readonly index: string;
  readonly docs: string;
  readonly health: string;
}

async function indicesOf({ searchEndpoint, indexPattern }: Services): Promise<string | readonly Index[]> {
  const columnsOfIt = "h=index,docs.count,health&s=index&format=json";
  const response = await answer(`${searchEndpoint}/_cat/indices/${encodeURIComponent(indexPattern)}?${columnsOfIt}`);
  if (typeof response === "string") return response;
  if (!response.ok) return `answers ${response.status}`;
  const rows = (await response.json()) as Readonly<Record<string, string>>[];
  return rows.map((row) => ({
    index: row.index!,
    docs: Number(row["docs.count"]).toLocaleString("en-US"),
    health: row.health!,
  }));
}

/** @returns the response, or in words why there is none */
async function answer(url: string): Promise<Response | string> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    return `does not answer (${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message})`;
  }
}

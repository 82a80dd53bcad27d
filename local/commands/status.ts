import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { indexPatterns } from "../../core/events/index-layout";
import { ENVIRONMENT } from "../../core/settings/environment";
import { EnvironmentError, parseVariables } from "../../core/settings/parse-variables";
import { count, counted } from "../../tools/text/numbers";
import { oneLine } from "../../tools/text/one-line";
import { awsClients } from "../aws/clients";
import { columns } from "../report/tables";
import type { PipelineServices, RunningPipeline } from "../running";
import { type DeliveryStreamStatus, deliveryStreamStatus } from "./delivery-stream-status";
import { streamRows } from "./stream-status";

const TIMEOUT_MS = 5_000;

export interface Status {
  /** For a person. */
  readonly text: string;
  /** Whether all of its services answer; true while it is starting. */
  readonly answers: boolean;
}

const NO_STREAMS: DeliveryStreamStatus = { rows: [], indexPatterns: [] };

/** Of more indices, those with the most documents are shown. */
const MAX_INDICES = 20;

/** Describes a running pipeline: its services, streams, indices and delivery streams. */
export async function status(pipeline: Omit<RunningPipeline, "command">): Promise<Status> {
  const { pid, startedAt, directory, pageUrl, services } = pipeline;
  const page = pageUrl === undefined ? "" : oneLine(`Page: ${pageUrl}`);
  const head = [oneLine(`Process ${pid}, since ${startedAt}, in ${directory}`), page].filter(Boolean).join("\n  ");
  if (!services) return { text: `${head}\n  It is starting.`, answers: true };
  const { emulatorUrl, searchEndpoint } = services;
  const emulator = await answer(emulatorUrl);
  const streams = typeof emulator === "string" ? NO_STREAMS : await deliveryStreamStatus(emulatorUrl);
  const patterns = typeof emulator === "string" ? [services.indexPattern] : await patternsOf(services);
  const indices = await indicesOf(searchEndpoint, [...patterns, ...streams.indexPatterns].join(","));
  const rows = [
    ["AWS emulator", emulatorUrl, typeof emulator === "string" ? emulator : "answers"],
    ["Search engine", searchEndpoint, typeof indices === "string" ? indices : "answers"],
    ...(typeof emulator === "string" ? [] : await streamRows(emulatorUrl)),
    ...(typeof indices === "string" ? [] : indexRows(indices)),
    ...streams.rows,
  ];
  return {
    text: `${head}\n${oneLines(rows)}`,
    answers: typeof emulator !== "string" && typeof indices !== "string",
  };
}

/** Returns the patterns of the indices that the functions write to: the names may have changed since the start. */
async function patternsOf({ emulatorUrl, indexPattern }: PipelineServices): Promise<string[]> {
  const patterns = new Set([indexPattern]);
  const { Functions = [] } = await awsClients(emulatorUrl)
    .lambda.send(new ListFunctionsCommand())
    .catch(() => ({ Functions: [] }));
  for (const { Environment } of Functions) {
    for (const pattern of patternsIn(Environment?.Variables)) patterns.add(pattern);
  }
  return [...patterns];
}

/** Returns none for the environment of a function that fails by it: its log says so. */
function patternsIn(variables: Record<string, string> = {}): string[] {
  const { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY } = ENVIRONMENT;
  try {
    const names = parseVariables({ INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY }, variables);
    return indexPatterns(layoutsOfEnvironment(names));
  } catch (error) {
    if (error instanceof EnvironmentError) return [];
    throw error;
  }
}

interface Index {
  readonly index: string;
  readonly docs: number;
  readonly health: string;
}

async function indicesOf(searchEndpoint: string, pattern: string): Promise<string | readonly Index[]> {
  const indices = encodeURIComponent(pattern);
  // An index that nobody searches is not refreshed, and its count is old. A user who may not refresh sees that count.
  await answer(`${searchEndpoint}/${indices}/_refresh`, "POST");
  const columnsOfIt = "h=index,docs.count,health&s=index&format=json";
  const response = await answer(`${searchEndpoint}/_cat/indices/${indices}?${columnsOfIt}`);
  if (typeof response === "string") return response;
  if (!response.ok) return `answers ${response.status}`;
  const rows = (await response.json()) as Readonly<Record<string, string>>[];
  return rows.map((row) => ({
    index: String(row.index),
    docs: Number(row["docs.count"]),
    health: String(row.health),
  }));
}

function indexRows(indices: readonly Index[]): string[][] {
  const largest = new Set(indices.toSorted((a, b) => b.docs - a.docs).slice(0, MAX_INDICES));
  const others = indices.filter((index) => !largest.has(index));
  const docs = others.reduce((sum, index) => sum + index.docs, 0);
  return [
    ...indices
      .filter((index) => largest.has(index))
      .map(({ index, docs, health }) => [index, counted(docs, "document"), health]),
    ...(others.length > 0 ? [[`${count(others.length)} more`, counted(docs, "document"), ""]] : []),
  ];
}

/** @returns the response, or the reason why there is none */
async function answer(url: string, method = "GET"): Promise<Response | string> {
  try {
    return await fetch(url, { method, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    return `does not answer (${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message})`;
  }
}

/** Formats a table that is not cut, since addresses and reasons are long. Each cell is on one line that is harmless to a terminal. */
function oneLines(rows: readonly (readonly string[])[]): string {
  return columns(
    rows.map((row) => row.map(oneLine)),
    Number.POSITIVE_INFINITY,
  );
}

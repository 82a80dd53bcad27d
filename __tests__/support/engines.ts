import { setTimeout as realSleep } from "node:timers/promises";
import { eventIdOf } from "../../core/events/document-id";
import type { Envelope, LogEvent } from "../../core/events/envelope";
import { indexNameOf } from "../../core/events/index-layout";
import { compressing } from "../../core/http/compressing";
import { nodeTransport } from "../../core/http/node-transport";
import { signing } from "../../core/http/signing";
import type { Joining } from "../../core/messages/joining";
import { MessageParsing, type ParsingOptions } from "../../core/parsers/message-parsing";
import { forward } from "../../functions/forwarder/forward";
import type { Engine } from "../../local/opensearch/engine";
import { OPENSEARCH } from "../../local/opensearch/opensearch";
import type { EngineRelease } from "../../local/opensearch/release";
import { contentOfDocument, contentOfMessage } from "./document-content";
import { OTHER_RELEASES } from "./engine-releases";
import { prepareForwarding } from "./forwarding";
import { ARRIVAL, envelope, kinesisEvent } from "./kinesis";
import { CWL } from "./layouts";
import { expectSameElements } from "./same-elements";
import { skippedUnless } from "./skipped";

const MIB = 1024 * 1024;

/**
 * The OpenSearch of `npm start`, and with ENGINES the other releases that the promises are kept on: all, or those named, as in
 * "opensearch-1.3.20,elasticsearch-7.10.2". Without, one skipped test stands for all of theirs.
 */
export function describeEachEngine(title: string, tests: (release: EngineRelease) => void): void {
  describe(titleOf(title, OPENSEARCH), () => tests(OPENSEARCH));
  const { ENGINES = "" } = process.env;
  if (ENGINES === "") {
    skippedUnless(false, "ENGINES=all").it(`${title} the other engines keep the same promises`, () => {});
    return;
  }
  for (const release of OTHER_RELEASES) {
    const { name, version, needs } = release;
    if (ENGINES !== "all" && !ENGINES.split(",").includes(`${name}-${version}`)) continue;
    skippedUnless(needs === undefined, needs ?? "").describe(titleOf(title, release), () => tests(release));
  }
}

const titleOf = (title: string, { name, version }: EngineRelease): string => `${title} ${name} ${version}`;

/** What the forwarder sends its requests with. */
export const searchClient = (engine: Engine) =>
  signing(nodeTransport(engine.url), { origin: engine.url, service: "es", region: "eu-central-1" }, () => ({
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "secret",
  }));

interface ForwardOptions extends Partial<Pick<ParsingOptions, "parser" | "extract">> {
  arrival?: number;
  /** Whether the forwarder really waits before it sends something again. */
  waits?: boolean;
  /** Whether bodies are gzipped. */
  compressed?: boolean;
  joining?: Joining;
}

/**
 * Forwards `events` of one log group to a real engine; the archive and the clock are in memory.
 *
 * @param names further ones of the envelope
 */
export async function forwardTo(
  engine: Engine,
  logGroup: string,
  events: LogEvent[],
  names: Partial<Envelope> = {},
  { arrival = ARRIVAL, waits = false, compressed = false, parser = "none", extract, joining }: ForwardOptions = {},
) {
  const parsing = new MessageParsing({ parser, fields: [], keepMessage: true, eventOriginal: false, extract });
  const { io, bucket } = prepareForwarding({ bulkMaxBytes: 5 * MIB, recordMaxBytes: 64 * MIB, parsing, joining });
  const client = searchClient(engine);
  const search = { ...io.search, send: compressed ? compressing(client) : client, endpoint: engine.url };
  const event = kinesisEvent(envelope(events, { ...names, logGroup }));
  for (const { kinesis } of event.Records) kinesis.approximateArrivalTimestamp = arrival / 1000;
  // Longer than the forwarder: on a machine that runs other tests beside it, an engine takes its time.
  const sleep = waits ? (ms: number) => realSleep(4 * ms) : io.sleep;
  const response = await forward(event, { ...io, search, sleep });
  return { acknowledged: response.batchItemFailures.length === 0, rejected: bucket.lines("rejected/") };
}

/** The index of the log group's events, all of one day. */
export const indexOf = (logGroup: string) => indexNameOf(CWL, logGroup, ARRIVAL);

export interface Hit {
  _id: string;
  _source: Record<string, unknown>;
}

/** Which of the log group's documents `query` finds, up to 10,000. @param query @default all */
export async function findHits(engine: Engine, logGroup: string, query: object = { match_all: {} }): Promise<Hit[]> {
  const index = indexOf(logGroup);
  await callEngine(engine, "POST", `/${index}/_refresh`);
  const response = await fetch(`${engine.url}/${index}/_search`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, size: 10_000 }),
  });
  // Not response.json(): its objects have other prototypes than those of Jest's realm, which makes them unequal.
  return JSON.parse(await response.text()).hits.hits;
}

/** Expects the index to hold each of `events`, with its text or with the members of its JSON. */
export async function expectHeld(engine: Engine, logGroup: string, events: LogEvent[]): Promise<void> {
  const messages = new Map(events.map(({ id, message }) => [id, message]));
  const hits = (await findHits(engine, logGroup)).map(({ _id, _source }) => ({ id: eventIdOf(_id), _source }));
  expectSameElements(
    hits
      .filter(({ id }) => messages.has(id))
      .map(({ id, _source }) => ({ id, content: contentOfDocument(_source, messages.get(id)!) })),
    events.map(({ id, message }) => ({ id, content: contentOfMessage(message) })),
    ({ id }) => id,
  );
}

/** Sends the engine any request but a search. @throws Error for a response other than 2xx */
export async function callEngine(engine: Engine, method: string, path: string, body?: object): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(engine.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

import { type IndexLayouts, indexPatterns } from "../../core/events/index-layout";
import type { Disks } from "../../core/indices/clean-up-rules";
import { DISK_COLUMNS, disksIn } from "../../core/indices/disks";
import {
  askEngine,
  type EngineAnswer,
  type EngineIo,
  isDenied,
  isMissing,
  isSilent,
} from "../../core/indices/engine-call";
import { INDEX_COLUMNS, type OwnedIndex, ownedIndices } from "../../core/indices/owned-indices";
import { isObject } from "../../core/json/object";
import { type InvocationRetryIo, retry } from "../../core/retry/retry";
import { CleanUpError } from "./clean-up-error";

/** Limit for one request with its repetitions, so that one that always fails leaves time to the others, in milliseconds. */
const REQUEST_MS = 60_000;

/** A row of `_cat/indices` takes up to 300 bytes. A domain carries some thousand indices a node. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

export interface CleanUpEngineIo extends InvocationRetryIo, Pick<EngineIo, "send"> {}

/** Lists the pipeline's indices, open and closed ones. @throws CleanUpError when it cannot */
export async function listIndices(layouts: IndexLayouts, io: CleanUpEngineIo): Promise<OwnedIndex[]> {
  const rows: unknown[] = [];
  for (const pattern of indexPatterns(layouts)) {
    const query = `format=json&bytes=b&expand_wildcards=open,closed&h=${INDEX_COLUMNS}`;
    const answer = await ask("GET", encoded(`/_cat/indices/${pattern}?${query}`), io);
    rows.push(...listed(answer, "the indices"));
  }
  return ownedIndices(layouts, rows);
}

/** Reads how full the data nodes' disks are. @throws CleanUpError when it cannot */
export async function readDisks(io: CleanUpEngineIo): Promise<Disks> {
  const answer = await ask("GET", encoded(`/_cat/allocation?format=json&bytes=b&h=${DISK_COLUMNS}`), io);
  const disks = disksIn(listed(answer, "the disks"));
  if (!disks) throw failure("the disks", { ...answer, kind: "no node says how large its disk is" });
  return disks;
}

function listed(answer: EngineAnswer, what: string): readonly unknown[] {
  if (answer.status !== 200 || !answer.list) throw failure(what, answer);
  return answer.list;
}

function failure(what: string, { status, kind, denial, cause }: EngineAnswer): CleanUpError {
  if (cause) return new CleanUpError(cause.code, cause.message);
  const code = isDenied({ status }) ? "ACCESS_DENIED" : status === 0 ? "UNREACHABLE" : "UNEXPECTED_RESPONSE";
  const advice =
    code === "ACCESS_DENIED"
      ? "Allow the function's role to GET _cat/indices and _cat/allocation: es:ESHttpGet in the role's and the domain's policy " +
        "and, with fine-grained access control, the role mapping that the command `search setup --cleaner` puts. " +
        "With search_credentials: correct the secret after a 401, and let its user or API key do so after a 403."
      : "Check the endpoint; nothing was deleted. The next run tries again.";
  const said = denial && ` AWS said: ${denial}`;
  return new CleanUpError(code, `The search endpoint did not list ${what}: ${kind}. ${advice}${said}`);
}

/** What became of a request about one index. */
export type IndexAnswer<T> = { is: "done"; value: T } | { is: "gone" } | { is: "failed"; reason: string };

/**
 * Reads the `_meta` of an index's mapping, which may be missing. Whatever does not say so of this index, such as a proxy's own
 * 200, is no answer: the index may be protected.
 */
export async function readMeta({ name }: OwnedIndex, io: CleanUpEngineIo): Promise<IndexAnswer<unknown>> {
  const answer = await ask("GET", encoded(`/${name}/_mapping?filter_path=*.mappings._meta`), io);
  if (isMissing(answer)) return { is: "gone" };
  if (answer.status !== 200 || !answer.json) return { is: "failed", reason: `mapping: ${answer.kind}` };
  // By `filter_path`, an engine leaves out an index whose mapping has none.
  if (Object.keys(answer.json).length === 0) return { is: "done", value: undefined };
  const entry = answer.json[name];
  if (!isObject(entry) || !isObject(entry.mappings) || !isObject(entry.mappings._meta)) {
    return { is: "failed", reason: "mapping: 200 without the index's own" };
  }
  return { is: "done", value: entry.mappings._meta };
}

/** Deletes one index. What was repeated may be gone by the first attempt. */
export async function deleteIndex({ name }: OwnedIndex, io: CleanUpEngineIo): Promise<IndexAnswer<undefined>> {
  const answer = await ask("DELETE", `/${name}`, io);
  if (isMissing(answer)) return { is: "gone" };
  // Otherwise not every node has acknowledged it in time: it is deleted, or the next run finds it.
  if (answer.status === 200 && answer.json?.acknowledged === true) return { is: "done", value: undefined };
  const kind = answer.status === 200 ? "200 and not acknowledged" : answer.kind;
  return { is: "failed", reason: `deletion: ${kind}` };
}

/** Signature Version 4 signs these characters as they are encoded here. */
const encoded = (path: string): string => path.replaceAll("*", "%2A").replaceAll(",", "%2C");

/** Sends a request until the engine says something about it; the last answer, if it never does. */
async function ask(method: "GET" | "DELETE", path: string, io: CleanUpEngineIo): Promise<EngineAnswer> {
  const startMs = io.remainingMs();
  const remainingMs = () => Math.min(io.remainingMs(), REQUEST_MS - (startMs - io.remainingMs()));
  let answer!: EngineAnswer;
  await retry(
    async () => {
      answer = await askEngine(method, path, undefined, {
        send: io.send,
        remainingMs,
        maxResponseBytes: MAX_LIST_BYTES,
      });
      return isSilent(answer) ? { outcome: "retried", reason: answer.kind } : undefined;
    },
    { remainingMs, sleep: io.sleep, random: io.random, unreachableTries: 1 },
  );
  return answer;
}

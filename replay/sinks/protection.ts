import { RetryDeadline, type RunDeadline } from "../../archive/deadlines";
import { StoppedError, UndeliveredError, UnfinishedError } from "../../archive/outcome-errors";
import type { IndexLayouts } from "../../core/events/index-layout";
import type { Send } from "../../core/http/send";
import { protectIndex } from "../../core/indices/protect-index";
import { ENVIRONMENT } from "../../core/settings/environment";
import { eventSources } from "../../core/sinks/opensearch/bulk-batch";
import { count } from "../../tools/text/numbers";
import type { ReplayRecord } from "../records";

const REQUEST_MS = 1000 * Number(ENVIRONMENT.REQUEST_TIMEOUT_SECONDS.default);
const WAIT_MS = 2_000;

const ADVICE =
  "--keep-days needs GET and PUT on <index>/_mapping, PUT on <index> and POST on _plugins/_ism/remove/<index> (Elasticsearch: " +
  "<index>/_ilm/remove). Allow them to your credentials, or leave --keep-days out.";

/** Keeps the indices of a replay from being deleted. */
export class Protection {
  readonly #indices = new Map<string, Promise<void>>();

  /** @param until the time until which they stay */
  constructor(
    readonly until: Date,
    private readonly send: Send,
    private readonly layouts: IndexLayouts,
    private readonly deadline: RunDeadline,
  ) {}

  /**
   * Protects the indices of the records' events, each once in a run.
   *
   * @throws StoppedError where the engine refuses it, UndeliveredError where it does not answer, UnfinishedError when interrupted
   */
  async protect(records: readonly ReplayRecord[]): Promise<void> {
    const sources = records.flatMap(({ envelopes, origin }) => eventSources(envelopes, origin, this.layouts));
    const names = sources.flatMap(({ envelope, indices }) =>
      envelope.logEvents.map(({ timestamp }) => indices.at(timestamp).index),
    );
    for (const index of new Set(names)) await this.#once(index);
  }

  /** Says how long the indices stay. */
  summary(): string {
    const { size } = this.#indices;
    return (
      `${count(size)} ${size === 1 ? "index is" : "indices are"} protected until ${this.until.toISOString()}, and in no lifecycle ` +
      "policy any more: after that the clean-up function (index_cleanup) deletes by the day in the name; without it, nothing does."
    );
  }

  #once(index: string): Promise<void> {
    const known = this.#indices.get(index);
    if (known) return known;
    const protecting = this.#protect(index);
    this.#indices.set(index, protecting);
    // The next object tries again.
    protecting.catch(() => this.#indices.delete(index));
    return protecting;
  }

  async #protect(index: string): Promise<void> {
    const retryDeadline = new RetryDeadline(this.deadline);
    const send: Send = (request) => this.deadline.beforeDeadline(this.send(request));
    for (;;) {
      const remainingMs = () => Math.min(REQUEST_MS, retryDeadline.remainingMs());
      const protection = await protectIndex(index, this.until, { send, remainingMs });
      if (protection.isProtected) return;
      const text = `${index} ${protection.reason}`;
      if (!protection.isRetryable) throw new StoppedError(`${text} ${ADVICE}`);
      if (retryDeadline.remainingMs() > WAIT_MS) {
        await this.deadline.sleep(WAIT_MS);
        continue;
      }
      if (retryDeadline.isCutShort) throw new UnfinishedError(`has events for ${text}`);
      throw new UndeliveredError(`has events for ${text}`);
    }
  }
}

import { NOT_SENT } from "../../http/attempt";
import { backoffMs } from "../../retry/backoff";
import type { Failure } from "../../retry/retry";
import type { BulkItem } from "./bulk-request";
import type { DeliveryIo } from "./delivery-io";
import { CONTROL, probeItems } from "./probe";
import type { Round, Suspect, Suspects } from "./round";
import { sendItems, textItem } from "./send-items";

/**
 * How many requests in a row, each at random an event or its probe, must end as if the event's content were the reason:
 * events fail, probes are accepted. A fault that does not depend on the content, however it comes and goes, looks like that
 * with a probability of 2^-20, one in a million, because each request is as likely to be the one as the other.
 */
const EVIDENCE = 20;

/** A circuit breaker opens by the size of a request too: each try waits up to 1.6 s for memory to be freed. */
const STRAINED_ATTEMPT = 3;
const isStrained = ({ reason }: Failure) => reason.startsWith("429 ");

/**
 * Tries events that fail, each alone or with a result of its own, against their probes. An event whose content is the reason
 * is sent as text, and tried again; if that is the reason too, it is rejected.
 */
export class Trial {
  readonly #round: Round = { pending: [], suspects: [] };
  #open: readonly Suspect[];
  /** Below 0: the events are in another form, and have to fail in that form first. */
  #evidence = 0;
  #hasFound = false;

  constructor(
    failed: readonly Suspect[],
    private readonly io: DeliveryIo,
  ) {
    this.#open = failed;
  }

  /** Ends when each event is settled, pending, or in `suspects`: it fails in another way, or the engine does not answer. */
  async run(): Promise<Round> {
    while (this.#open.length > 0 && this.#round.failure !== NOT_SENT) {
      const isDecided = this.#evidence === EVIDENCE;
      const isProbe = isDecided || (this.#evidence >= 0 && this.io.retry.random() < 0.5);
      await (isProbe ? this.#probe() : this.#send());
      if (isDecided) this.#decide();
      else this.#evidence++;
    }
    return this.#round;
  }

  /** Whether the content of an event turned out to be the reason. */
  get hasFound(): boolean {
    return this.#hasFound;
  }

  async #probe(): Promise<void> {
    const { accepting, others, failure } = await probeItems(itemsOf(this.#open), CONTROL, this.io);
    if (failure) this.#round.failure = failure;
    if (others.length === 0) return;
    if (accepting.length === 0) this.#leave([{ each: this.#open, isTogether: false }]);
    else this.#round.pending.push(...others);
    const left = new Set(accepting);
    this.#open = this.#open.filter(({ item }) => left.has(item));
  }

  async #send(): Promise<void> {
    const { retry } = this.io;
    const tried = new Set(itemsOf(this.#open));
    const { pending, suspects, failure } = await sendItems([...tried], this.io);
    this.#round.pending.push(...pending);
    if (failure && pending.length > 0) this.#round.failure = failure;
    const waitMs = failure && isStrained(failure) ? backoffMs(STRAINED_ATTEMPT, retry.random()) : 0;
    if (waitMs > 0) await retry.sleep(Math.max(0, Math.min(waitMs, retry.remainingMs())));
    const isSame = ({ each, isTogether }: Suspects) =>
      (!isTogether || each.length === 1) && each.every(({ item }) => tried.has(item));
    this.#open = suspects.filter(isSame).flatMap(({ each }) => each);
    this.#leave(suspects.filter((group) => !isSame(group)));
  }

  #leave(suspects: readonly Suspects[]): void {
    this.#round.suspects.push(...suspects);
  }

  #decide(): void {
    const texts: Suspect[] = [];
    this.#hasFound ||= this.#open.length > 0;
    for (const { item, reason } of this.#open) {
      if (item.rejection === undefined)
        texts.push({ item: textItem(item, `failed alone: ${reason}`, this.io), reason });
      else this.io.progress.rejected(item, `failed alone: ${reason}`);
    }
    this.#open = texts;
    this.#evidence = -1;
  }
}

const itemsOf = (suspects: readonly Suspect[]): BulkItem[] => suspects.map(({ item }) => item);

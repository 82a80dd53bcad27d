import type { KinesisStreamEvent } from "aws-lambda";
import { type ForwardIo, forward } from "../../functions/forwarder/forward";
import type { InvocationResult } from "../../local/lambda/instance";
import type { Fate } from "./history";
import type { VirtualTime } from "./virtual-time";

/** Lambda's result for a process that has ended. */
export const CRASHED: InvocationResult = { payload: { errorType: "Runtime.ExitError" }, functionError: "Unhandled" };

const never = (): Promise<never> => new Promise(() => {});

/** One invocation of the function in a process that may end at any of its calls to the outside. */
export class Invocation {
  /** What went wrong for it. */
  readonly met: string[] = [];
  #calls = 0;
  #over = false;
  #stalledUntil?: number;
  #end: (result: InvocationResult) => void = () => {};

  constructor(
    private readonly fate: Fate,
    private readonly time: VirtualTime,
  ) {}

  get isRefused(): boolean {
    return this.fate.kind === "refused";
  }

  meets(trouble: string): void {
    this.met.push(trouble);
  }

  /**
   * @param io for this invocation; what has to do with time is put in here
   * @param late called if the function has not returned at its time-out, though nothing held it up
   */
  async run(event: KinesisStreamEvent, io: ForwardIo, timeoutMs: number, late: () => void): Promise<InvocationResult> {
    const deadline = this.time.nowMs + timeoutMs;
    const remainingMs = () => deadline - this.time.nowMs;
    this.time.sleep(timeoutMs).then(() => this.#over || (this.#stalledUntil ? this.#die() : late()));
    if (this.fate.kind === "stopped") this.time.sleep(this.fate.afterMs).then(() => this.#over || this.#die());
    return new Promise((resolve) => {
      this.#end = (result) => {
        this.#over = true;
        resolve(result);
      };
      forward(event, { ...io, remainingMs, sleep: this.#sleep }).then(
        (payload) => this.#end({ payload }),
        (error) => this.#end({ payload: { errorMessage: String(error) }, functionError: "Unhandled" }),
      );
    });
  }

  /** Before each call to the outside; `send` is what still happens if the process ends while it is made. */
  async calls(send: () => Promise<unknown>): Promise<void> {
    if (this.#over) return never();
    this.#calls++;
    if (this.fate.kind !== "killed" || this.#calls < this.fate.call) return;
    if (this.fate.sent) await send();
    this.#die();
    return never();
  }

  /** After each call: what comes back to a process that has ended is never seen. */
  async goesOn(): Promise<void> {
    if (this.#over) return never();
    if (this.fate.kind === "stalled" && this.#stalledUntil === undefined && this.#calls >= this.fate.call) {
      this.meets("stalled");
      this.#stalledUntil = this.time.nowMs + this.fate.forMs;
    }
    if (this.#stalledUntil === undefined || this.time.nowMs >= this.#stalledUntil) return;
    await this.time.sleep(this.#stalledUntil - this.time.nowMs);
    await this.goesOn();
  }

  readonly #sleep = async (ms: number): Promise<void> => {
    await this.calls(async () => {});
    await this.time.sleep(ms);
    await this.goesOn();
  };

  #die(): void {
    this.meets(this.fate.kind);
    this.#end(CRASHED);
  }
}

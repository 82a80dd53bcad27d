import type { HttpRequest, HttpResponse, Send } from "../../core/http/send";
import type { Fault, Reply } from "./faults";
import type { FaultRun } from "./history";
import type { Invocation } from "./invocation";
import type { VirtualTime } from "./virtual-time";

/** The longest that a request takes when nothing is wrong, in milliseconds. */
const MAX_LATENCY_MS = 50;

/** A server as the function's invocations see it: each request meets the next fault of the history. */
export class Outside {
  readonly #faults: string[];

  /** @param name says in what an invocation meets which server it was */
  constructor(
    private readonly name: string,
    runs: FaultRun[],
    private readonly kinds: Record<string, Fault>,
    private readonly work: (request: HttpRequest, invocation: Invocation) => Promise<HttpResponse>,
    private readonly time: VirtualTime,
    private readonly random: () => number,
  ) {
    this.#faults = runs.flatMap(({ fault, times }) => Array<string>(times).fill(fault));
  }

  /** What `invocation` sends by. */
  readonly sendFor =
    (invocation: Invocation): Send =>
    async (request) => {
      const fault = this.#faults.shift() ?? "none";
      const hear = () => this.#hear(fault, request, invocation);
      await invocation.calls(hear);
      if (fault !== "none") invocation.meets(`${this.name}: ${fault}`);
      // The process may end before the answer has come: the request has been heard by then, or it has not.
      const heard = this.random() < 0.5 ? await hear() : undefined;
      const latencyMs = Math.min(request.timeoutMs, Math.ceil(this.random() * MAX_LATENCY_MS));
      await this.time.sleep(latencyMs);
      await invocation.goesOn();
      const reply = heard ?? (await hear());
      if (reply === "silence" || latencyMs === request.timeoutMs) {
        await this.time.sleep(request.timeoutMs - latencyMs);
        await invocation.goesOn();
        throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
      }
      if (reply instanceof Error) throw reply;
      return reply;
    };

  #hear(fault: string, request: HttpRequest, invocation: Invocation): Promise<Reply> {
    const work = (changed: HttpRequest) => this.work(changed, invocation);
    return fault === "none" ? work(request) : this.kinds[fault]!(request, work);
  }
}

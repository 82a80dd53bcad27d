import type { LaneAudit } from "../../shared/page-state";
import { type AuditOutcome, joinedOutcome, MAX_FINDINGS, sumOf } from "./audit-outcome";
import { AuditSchedule } from "./audit-schedule";

/** What is audited together. */
export interface AuditTarget {
  readonly lanes: readonly ComparedLane[];
  /** What is to be run, with the commands that do the same in a terminal; nothing while there is nothing to compare. */
  prepare(nowMs: number): Promise<readonly PreparedAudit[]>;
}

export interface ComparedLane {
  readonly id: string;
  /** Log groups and streams, as the audit names them; undefined: all that it names. */
  readonly names: readonly string[] | undefined;
}

export interface PreparedAudit {
  /** Of `npm run audit`. */
  readonly args: readonly string[];
  readonly command: string;
}

/** Audits the lanes of a pipeline whenever they are still. */
export class LaneAudits {
  readonly #schedule = new AuditSchedule();
  readonly #audits = new Map<string, LaneAudit>();

  /** @param now in milliseconds since the epoch */
  constructor(
    private readonly run: (args: readonly string[]) => Promise<AuditOutcome>,
    private readonly now: () => number,
  ) {}

  /** Undefined for a lane that no audit covers. */
  of(lane: string): LaneAudit | undefined {
    return this.#audits.get(lane);
  }

  /**
   * Begins an audit where one is due.
   *
   * @param counts all that is counted, by lane
   * @param isReady whether the pipeline's start is over and its engine answers
   * @returns resolves when that audit has ended; undefined if none begins
   */
  update(
    targets: readonly AuditTarget[],
    counts: ReadonlyMap<string, unknown>,
    isReady: boolean,
  ): Promise<void> | undefined {
    const nowMs = this.now();
    for (const { lanes } of targets) {
      for (const { id } of lanes) {
        this.#schedule.observe(id, JSON.stringify(counts.get(id)), nowMs);
        if (!this.#audits.has(id)) this.#audits.set(id, { isRunning: false, findings: [] });
      }
    }
    const due = isReady && targets.find(({ lanes }) => this.#schedule.due(idsOf(lanes), nowMs).length > 0);
    return due ? this.#audit(due, nowMs) : undefined;
  }

  async #audit(target: AuditTarget, beganMs: number): Promise<void> {
    const ids = idsOf(target.lanes);
    this.#schedule.begin(ids, beganMs);
    for (const id of ids) this.#set(id, { isRunning: true });
    const outcomes: AuditOutcome[] = [];
    const commands: string[] = [];
    try {
      for (const { args, command } of await target.prepare(beganMs)) {
        commands.push(command);
        outcomes.push(await this.run(args));
      }
    } catch (error) {
      outcomes.push({ groups: new Map(), findings: [], error: (error as Error).message });
    }
    const outcome = joinedOutcome(outcomes);
    const still = new Set(this.#schedule.end(outcome.error === undefined, this.now()));
    for (const { id, names } of target.lanes) {
      this.#set(id, { isRunning: false });
      // Of a lane that has moved meanwhile, the next one tells.
      if (still.has(id) && outcomes.length > 0)
        this.#set(id, { atMs: beganMs, command: commands.join("\n"), ...resultOf(outcome, names) });
    }
  }

  #set(id: string, part: Partial<LaneAudit>): void {
    this.#audits.set(id, { ...this.#audits.get(id)!, ...part });
  }
}

const idsOf = (lanes: readonly ComparedLane[]): string[] => lanes.map(({ id }) => id);

type AuditResult = Pick<LaneAudit, "findings" | "found" | "error">;

function resultOf({ groups, findings, error }: AuditOutcome, names: readonly string[] | undefined): AuditResult {
  const isOfLane = (name: string | undefined) => names === undefined || (name !== undefined && names.includes(name));
  const { missing, duplicate, extra, altered } = sumOf(
    [...groups].filter(([name]) => isOfLane(name)).map(([, counts]) => counts),
  );
  return {
    findings: findings
      .filter(({ logGroup }) => isOfLane(logGroup))
      .slice(0, MAX_FINDINGS)
      .map(({ kind, index, id }) => ({ kind, index, id })),
    // What was not compared may be what is wrong.
    found: error === undefined ? { lost: missing, duplicated: duplicate, extra, altered } : undefined,
    error,
  };
}

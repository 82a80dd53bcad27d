import { isObject } from "../../../../core/json/object";
import type { AuditFinding } from "../../shared/page-state";

/** What an audit has counted of a log group, or of a stream into which applications put. */
export interface AuditedGroup {
  readonly missing: number;
  readonly duplicate: number;
  readonly extra: number;
  readonly altered: number;
}

/** A finding, and whose it is. */
export interface NamedFinding extends AuditFinding {
  readonly logGroup: string | undefined;
}

/** What an audit has printed. */
export interface AuditOutcome {
  /** By log group. */
  readonly groups: ReadonlyMap<string, AuditedGroup>;
  /** The first of each log group. */
  readonly findings: readonly NamedFinding[];
  /** Why not all was compared; undefined: all was. */
  readonly error: string | undefined;
}

/** Findings of a log group that are kept; the command names all. */
export const MAX_FINDINGS = 5;

const COUNTED = ["missing", "duplicate", "extra", "altered"] as const;

/** Reads what `npm run audit -- --json` prints, line by line. */
export class AuditReader {
  readonly #groups = new Map<string, AuditedGroup>();
  readonly #findings = new Map<string | undefined, NamedFinding[]>();
  readonly #reasons = new Set<string>();
  #isComplete = false;
  #lastText = "";

  add(line: string): void {
    const json = line.startsWith("{") ? parsed(line) : undefined;
    if (!json) {
      if (line.trim() !== "") this.#lastText = line.trim();
      return;
    }
    const { kind } = json;
    if (kind === "hour") this.#addHour(json);
    else if (kind === "not-compared" || kind === "not-read") this.#reasons.add(String(json.reason));
    else if (kind === "summary") {
      if (typeof json.stopped === "string") this.#reasons.add(json.stopped);
      this.#isComplete = json.complete === true;
    } else if ((COUNTED as readonly unknown[]).includes(kind)) this.#addFinding(json);
  }

  /** @param how the command has ended, such as `exit status 1` */
  outcome(how: string): AuditOutcome {
    const reasons = [...this.#reasons];
    if (!this.#isComplete && reasons.length === 0) reasons.push(this.#lastText || how);
    return {
      groups: this.#groups,
      findings: [...this.#findings.values()].flat(),
      error: reasons.length === 0 ? undefined : reasons.slice(0, MAX_FINDINGS).join("\n"),
    };
  }

  #addHour(json: Readonly<Record<string, unknown>>): void {
    const name = String(json.log_group);
    const before = this.#groups.get(name);
    const [missing, duplicate, extra, altered] = COUNTED.map((one) => (before?.[one] ?? 0) + Number(json[one] ?? 0));
    this.#groups.set(name, { missing: missing!, duplicate: duplicate!, extra: extra!, altered: altered! });
  }

  #addFinding({ kind, index, id, log_group }: Readonly<Record<string, unknown>>): void {
    const logGroup = typeof log_group === "string" ? log_group : undefined;
    const known = this.#findings.get(logGroup) ?? [];
    this.#findings.set(logGroup, known);
    if (known.length < MAX_FINDINGS) {
      known.push({ kind: kind as AuditFinding["kind"], index: String(index), id: String(id), logGroup });
    }
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** What audits of several buckets have found together. */
export function joinedOutcome(outcomes: readonly AuditOutcome[]): AuditOutcome {
  const groups = new Map<string, AuditedGroup>();
  for (const outcome of outcomes) {
    for (const [name, counts] of outcome.groups) {
      const before = groups.get(name);
      groups.set(name, before ? sumOf([before, counts]) : counts);
    }
  }
  const errors = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]));
  return {
    groups,
    findings: outcomes.flatMap(({ findings }) => findings),
    error: errors.length === 0 ? undefined : errors.join("\n"),
  };
}

export const sumOf = (counts: readonly AuditedGroup[]): AuditedGroup => {
  const sum = (name: (typeof COUNTED)[number]) => counts.reduce((total, one) => total + one[name], 0);
  return { missing: sum("missing"), duplicate: sum("duplicate"), extra: sum("extra"), altered: sum("altered") };
};

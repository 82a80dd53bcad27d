import { createHash } from "node:crypto";
import type { SelectionRule } from "../settings/rules";
import { type CompiledCondition, compiledCondition } from "./compiled-condition";
import type { EventTexts } from "./event-texts";

/** Whether an event is indexed; if not, by which kind of rule. */
export type Selected = "indexed" | "dropped" | "sampledOut";

interface CompiledRule {
  action: SelectionRule["action"];
  rate: number;
  isMet: CompiledCondition;
}

/** Decides which events are indexed: the first rule whose condition an event fulfils. */
export class EventSelection {
  readonly #rules: readonly CompiledRule[];
  readonly #others: Selected;

  constructor(rules: readonly SelectionRule[]) {
    this.#rules = rules.map(({ action, rate, condition }) => {
      return { action, rate, isMet: condition ? compiledCondition(condition) : () => true };
    });
    this.#others = rules.some(({ action }) => action === "keep") ? "dropped" : "indexed";
  }

  /** @param documentId the event's `_id`, which decides whether it is in a sample */
  of(texts: EventTexts, documentId: () => string): Selected {
    const rule = this.#rules.find(({ isMet }) => isMet(texts));
    switch (rule?.action) {
      case undefined:
        return this.#others;
      case "keep":
        return "indexed";
      case "drop":
        return "dropped";
      case "sample":
        return isSampled(documentId(), rule!.rate) ? "indexed" : "sampledOut";
    }
  }
}

/**
 * Whether a document is in a sample: by its `_id` alone, so that retries, replays and audits find the same ones, and those of a lower
 * rate are among those of a higher one.
 */
export function isSampled(documentId: string, rate: number): boolean {
  return createHash("sha256").update(documentId).digest().readUInt32BE() / 2 ** 32 < rate;
}

/** Progress of an apply, in resources. */
export interface ApplyProgress {
  readonly applied: number;
  readonly planned: number;
  /** By address: those that the apply changes, in the order of the plan. */
  readonly resources: ReadonlyMap<string, ResourceProgress>;
}

export type ResourceProgress = "planned" | "applying" | "applied" | "failed";

/** What becomes of a resource by each message about it. */
const PROGRESS_BY_TYPE: Readonly<Record<string, ResourceProgress>> = {
  planned_change: "planned",
  apply_start: "applying",
  apply_complete: "applied",
  apply_errored: "failed",
};

interface ResourceChange {
  readonly action: string;
  readonly resource?: { readonly addr: string };
}

interface Message {
  readonly type?: string;
  readonly changes?: {
    readonly operation: string;
    readonly add: number;
    readonly change: number;
    readonly remove: number;
  };
  readonly change?: ResourceChange;
  readonly hook?: ResourceChange;
  readonly diagnostic?: Readonly<Record<"severity" | "summary" | "detail" | "address", string | undefined>>;
}

/**
 * Parses the output of `terraform apply -json`, line by line.
 *
 * Source: Terraform's documentation, "Machine-Readable UI".
 */
export class ApplyOutput {
  readonly #errors: string[] = [];
  #applied = 0;
  #planned = 0;
  readonly #resources = new Map<string, ResourceProgress>();

  /** @param onProgress called when the plan is complete, and when a resource begins and ends */
  constructor(private readonly onProgress: (progress: ApplyProgress) => void) {}

  readonly read = (line: string): void => {
    const { type = "", changes, change, hook, diagnostic } = messageOf(line);
    if (type === "diagnostic" && diagnostic?.severity === "error") {
      const { summary, address, detail } = diagnostic;
      this.#errors.push([`${address ? `${address}: ` : ""}${summary}`, detail].filter(Boolean).join("\n"));
    }
    const about = change ?? hook;
    const progress = PROGRESS_BY_TYPE[type];
    // Data sources are read, not applied.
    if (progress && about?.resource && about.action !== "read") {
      this.#resources.set(about.resource.addr, progress);
      if (progress === "applied") this.#applied++;
      if (progress === "planned") return;
    } else if (type === "change_summary" && changes?.operation === "plan") {
      this.#planned = changes.add + changes.change + changes.remove;
    } else {
      return;
    }
    this.onProgress({ applied: this.#applied, planned: this.#planned, resources: this.#resources });
  };

  /** Terraform's error diagnostics; "" without any. */
  get errors(): string {
    return this.#errors.join("\n\n");
  }
}

function messageOf(line: string): Message {
  try {
    return JSON.parse(line) as Message;
  } catch {
    // Lines that Terraform writes before it reads -json.
    return {};
  }
}

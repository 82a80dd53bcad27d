/** Progress of an apply, in resources. */
export interface ApplyProgress {
  readonly applied: number;
  readonly planned: number;
}

interface Message {
  readonly type?: string;
  readonly changes?: {
    readonly operation: string;
    readonly add: number;
    readonly change: number;
    readonly remove: number;
  };
  readonly hook?: { readonly action: string };
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

  /** @param onProgress called when the plan is complete, and after each resource */
  constructor(private readonly onProgress: (progress: ApplyProgress) => void) {}

  readonly read = (line: string): void => {
    const { type, changes, hook, diagnostic } = messageOf(line);
    if (type === "diagnostic" && diagnostic?.severity === "error") {
      const { summary, address, detail } = diagnostic;
      this.#errors.push([`${address ? `${address}: ` : ""}${summary}`, detail].filter(Boolean).join("\n"));
    }
    if (type === "change_summary" && changes?.operation === "plan") {
      this.#planned = changes.add + changes.change + changes.remove;
    } else if (type === "apply_complete" && hook?.action !== "read") {
      this.#applied++;
    } else {
      return;
    }
    this.onProgress({ applied: this.#applied, planned: this.#planned });
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

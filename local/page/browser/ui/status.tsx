import type { ComponentChildren } from "preact";

export type StatusKind = "waiting" | "busy" | "good" | "bad";

/** A state as a dot of a colour and a shape, and a text, which says it without either. */
export function StatusMark({ kind, children }: { readonly kind: StatusKind; readonly children: ComponentChildren }) {
  return (
    <span class={`status ${kind}`}>
      <span class="dot" aria-hidden="true" />
      {children}
    </span>
  );
}

import { QUARANTINE_KINDS, type QuarantineKind } from "../../shared/quarantine";

/** What the address holds of the section. */
export interface QuarantineView {
  /** Undefined: all. */
  readonly kind: QuarantineKind | undefined;
  readonly origin: string | undefined;
  /** Whose entries are shown: of a kind. */
  readonly opened: { readonly kind: QuarantineKind; readonly reason: string } | undefined;
}

const kindIn = (text: string | null | undefined): QuarantineKind | undefined =>
  QUARANTINE_KINDS.find((kind) => kind === text);

export function quarantineViewOf(query: URLSearchParams): QuarantineView {
  const [kind, reason] = (query.get("opened") ?? "").split(":", 2);
  const openedKind = kindIn(kind);
  return {
    kind: kindIn(query.get("kind")),
    origin: query.get("origin") || undefined,
    opened: openedKind && reason ? { kind: openedKind, reason } : undefined,
  };
}

export function queryOfQuarantine({ kind, origin, opened }: QuarantineView): URLSearchParams {
  return new URLSearchParams({
    ...(kind && { kind }),
    ...(origin && { origin }),
    ...(opened && { opened: `${opened.kind}:${opened.reason}` }),
  });
}

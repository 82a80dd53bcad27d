import { type DocumentPlace, placeName } from "./indexed-documents";

/** What an audit has to name, by the kind of its findings. */
export interface ExpectedFindings {
  readonly missing: readonly DocumentPlace[];
  readonly duplicate: readonly DocumentPlace[];
  readonly altered: readonly DocumentPlace[];
  readonly extra: readonly DocumentPlace[];
}

export const NO_FINDINGS: ExpectedFindings = { missing: [], duplicate: [], altered: [], extra: [] };

/** What an audit prints in JSON. */
export interface PrintedAudit {
  /** Its findings, each as `<kind>: <index>/<id>`. */
  readonly findings: readonly string[];
  readonly agrees: boolean;
  /** Whether all could be compared. */
  readonly complete: boolean;
  /** Objects and ranges that could not be compared. */
  readonly unseen: readonly string[];
  /** Events of the archive that should be in the index. */
  readonly archived: number;
}

const KINDS = Object.keys(NO_FINDINGS) as (keyof ExpectedFindings)[];

/** Reads what an audit printed by `--json`; lines of other output are passed over. @throws Error if it did not print its summary */
export function printedAudit(lines: readonly string[]): PrintedAudit {
  const printed = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as PrintedLine);
  const summary = printed.find(({ kind }) => kind === "summary");
  if (!summary) throw new Error(`the audit printed no summary:\n${lines.join("\n")}`);
  return {
    findings: printed.filter(isFinding).map((one) => `${one.kind}: ${placeName(one)}`),
    agrees: summary.agrees === true,
    complete: summary.complete === true,
    unseen: printed.filter(({ kind }) => kind.startsWith("not-")).map((one) => JSON.stringify(one)),
    archived: summary.archived ?? 0,
  };
}

interface PrintedLine {
  readonly kind: string;
  readonly index?: string;
  readonly id?: string;
  readonly agrees?: boolean;
  readonly complete?: boolean;
  readonly archived?: number;
}

const isFinding = (line: PrintedLine): line is PrintedLine & DocumentPlace =>
  KINDS.some((kind) => kind === line.kind) && line.index !== undefined && line.id !== undefined;

/** Says what an audit did not name, and what it named without a reason. */
export function auditMistakes(expected: ExpectedFindings, audit: PrintedAudit): string[] {
  const wanted = KINDS.flatMap((kind) => expected[kind].map((place) => `${kind}: ${placeName(place)}`));
  const left = new Set(wanted);
  const wrong = audit.findings.filter((finding) => !left.delete(finding));
  return [
    ...[...left].map((finding) => `not named: ${finding}`),
    ...wrong.map((finding) => `named, and right: ${finding}`),
    ...audit.unseen.map((what) => `not compared: ${what}`),
    ...(audit.agrees === (wanted.length === 0) ? [] : [`the summary says agrees: ${audit.agrees}`]),
  ];
}

import type { ComponentChildren } from "preact";
import { rowKey } from "../../shared/merge-rows";
import type { EventRow } from "../../shared/search-answers";
import type { HitPlace } from "../../shared/search-view";
import { visibleText } from "../ui/visible-text";
import { shortTime } from "./times";

interface ResultsProps {
  readonly title: string;
  readonly rows: readonly EventRow[];
  readonly columns: readonly string[];
  readonly opened: HitPlace | undefined;
  /** The one whose neighbours the others are. */
  readonly center?: HitPlace | undefined;
  /** Of the opened one. */
  readonly details: ComponentChildren;
  onToggle(row: EventRow): void;
}

/** Short names of what most people look at. */
const TITLES: Readonly<Record<string, string>> = {
  "aws.cloudwatch.log_group": "Log group",
  "aws.cloudwatch.log_stream": "Log stream",
  level: "Level",
  message: "Message",
};

const LEVEL_KINDS: Readonly<Record<string, string>> = {
  error: "bad",
  fatal: "bad",
  alert: "bad",
  emerg: "bad",
  warn: "warn",
};

/** Events as a table; each can be opened. */
export function Results({ title, rows, columns, opened, center, details, onToggle }: ResultsProps) {
  const isSame = (row: EventRow, place: HitPlace | undefined) => place !== undefined && rowKey(row) === rowKey(place);
  return (
    <table class="results">
      <caption class="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Time (UTC)</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {TITLES[name] ?? visibleText(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isOpen = isSame(row, opened);
          const level = LEVEL_KINDS[row.level ?? ""] ?? "";
          return [
            <tr key={rowKey(row)} class={`row ${level} ${isOpen ? "open" : ""} ${isSame(row, center) ? "center" : ""}`}>
              <td class="time">
                <button type="button" aria-expanded={isOpen} data-row onClick={() => onToggle(row)}>
                  <time dateTime={row.time}>{shortTime(row.time)}</time>
                </button>
              </td>
              {columns.map((name) => (
                <td key={name} class={`cell ${name === "message" ? "message" : ""}`}>
                  <Cell name={name} row={row} />
                </td>
              ))}
            </tr>,
            isOpen && (
              <tr key={`${rowKey(row)}/opened`} class="opened">
                <td colSpan={columns.length + 1}>{details}</td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}

function Cell({ name, row }: { readonly name: string; readonly row: EventRow }) {
  if (name === "message") return <span class="clamp">{visibleText(row.message)}</span>;
  if (name === "aws.cloudwatch.log_group") return <span class="clamp">{visibleText(row.group)}</span>;
  if (name === "level") return <span class="level">{visibleText(row.level ?? "")}</span>;
  return <span class="clamp">{visibleText(row.columns[name] ?? "")}</span>;
}

/** Moves the focus to the next or the previous event. @returns whether there is one */
export function focusRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLButtonElement>("button[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

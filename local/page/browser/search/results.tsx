import type { ComponentChildren } from "preact";
import { foundParts, wordPattern } from "../../shared/highlight";
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
  /** Free text that the rows were found by. @default none */
  readonly text?: string;
  onToggle(row: EventRow): void;
}

type Words = ReturnType<typeof wordPattern>;

/** Short names of what most people look at. */
const TITLES: ReadonlyMap<string, string> = new Map([
  ["aws.cloudwatch.log_group", "Log group"],
  ["aws.cloudwatch.log_stream", "Log stream"],
  ["level", "Level"],
  ["message", "Message"],
]);

const LEVEL_KINDS: ReadonlyMap<string, string> = new Map([
  ...["error", "fatal", "alert", "emerg"].map((level) => [level, "bad"] as const),
  ["warn", "warn"],
]);

/** Events as a table; each can be opened. */
export function Results({ title, rows, columns, opened, center, details, text = "", onToggle }: ResultsProps) {
  const words = wordPattern(text);
  const isSame = (row: EventRow, place: HitPlace | undefined) => place !== undefined && rowKey(row) === rowKey(place);
  return (
    <table class="search-results">
      <caption class="hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Time (UTC)</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {TITLES.get(name) ?? visibleText(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isOpen = isSame(row, opened);
          const level = LEVEL_KINDS.get(row.level ?? "") ?? "";
          return [
            <tr
              key={rowKey(row)}
              class={`search-row ${level} ${isOpen ? "search-open" : ""} ${isSame(row, center) ? "search-center" : ""}`}
            >
              <td class="search-time">
                <button type="button" aria-expanded={isOpen} data-row onClick={() => onToggle(row)}>
                  <time dateTime={row.time}>{shortTime(row.time)}</time>
                </button>
              </td>
              {columns.map((name) => (
                <td key={name} class={`search-cell ${name === "message" ? "search-message" : ""}`}>
                  <Cell {...{ name, row, words }} />
                </td>
              ))}
            </tr>,
            isOpen && (
              <tr key={`${rowKey(row)}/opened`} class="search-opened">
                <td colSpan={columns.length + 1}>{details}</td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}

function Cell({ name, row, words }: { readonly name: string; readonly row: EventRow; readonly words: Words }) {
  if (name === "message") return <Clamped text={row.message} words={words} />;
  if (name === "aws.cloudwatch.log_group") return <Clamped text={row.group} words={words} />;
  if (name === "level") return <span class="search-level">{visibleText(row.level ?? "")}</span>;
  // Not what every object has, such as `constructor`.
  return <Clamped text={Object.hasOwn(row.columns, name) ? row.columns[name]! : ""} words={words} />;
}

/** Some lines of a text, with the words that were looked for. */
const Clamped = ({ text, words }: { readonly text: string; readonly words: Words }) => (
  <span class="clamp search-clamp">
    {foundParts(text, words).map(({ text: part, isFound }) =>
      isFound ? <mark>{visibleText(part)}</mark> : visibleText(part),
    )}
  </span>
);

/** Moves the focus to the next or the previous event. @returns whether there is one */
export function focusRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLButtonElement>("button[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

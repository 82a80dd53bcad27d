import { useEffect, useState } from "preact/hooks";
import type { QuarantinedKind, QuarantineRow, QuarantineText } from "../../shared/quarantine";
import { getJson } from "../ui/api";
import { countOf, integerText, sized } from "../ui/format";
import { beginningOf, visibleText } from "../ui/visible-text";
import { KIND_TEXTS } from "./kinds";
import { timeOfMs } from "./times";
import { useRows } from "./use-quarantine";

/** Of a text, without being asked for more. */
const SHOWN_CHARACTERS = 4_000;

interface RowsProps {
  readonly kind: QuarantinedKind;
  readonly reason: string;
  readonly origin: string | undefined;
}

/** The entries that have a reason in common, as a table; each can be opened. */
export function Rows({ kind, reason, origin }: RowsProps) {
  const query = new URLSearchParams({ kind: kind.kind, reason, ...(origin !== undefined && { origin }) });
  const { rows, error, isLoading, more } = useRows(query, kind.version);
  const [opened, setOpened] = useState<string>();
  const texts = KIND_TEXTS[kind.kind];
  if (error !== undefined)
    return (
      <p role="alert" class="error wrap">
        {error}
      </p>
    );
  if (!rows) return <p class="quiet">Reading …</p>;
  return (
    <>
      <table class="quarantine-rows">
        <caption class="hidden">{texts.title}, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">When (UTC)</th>
            <th scope="col">{texts.origin}</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {rows.rows.map((row) => {
            const name = `${row.key}:${row.entry}`;
            const isOpen = name === opened;
            return [
              <tr key={name} class={isOpen ? "entry open" : "entry"}>
                <td class="number">
                  <button type="button" aria-expanded={isOpen} onClick={() => setOpened(isOpen ? undefined : name)}>
                    {row.at === undefined ? "unknown" : timeOfMs(row.at)}
                  </button>
                </td>
                <td class="quarantine-origin">
                  <span class="clamp quarantine-clamp">{visibleText(row.origin || "–")}</span>
                </td>
                <td class="quarantine-text">
                  <span class="clamp quarantine-clamp">{visibleText(row.text || row.reason)}</span>
                </td>
              </tr>,
              isOpen && (
                <tr key={`${name}/opened`} class="opened">
                  <td colSpan={3}>
                    <Details row={row} kind={kind} />
                  </td>
                </tr>
              ),
            ];
          })}
        </tbody>
      </table>
      {rows.rows.length === 0 && <p class="quiet">These entries are gone.</p>}
      {rows.next !== undefined && (
        <button type="button" disabled={isLoading} onClick={more}>
          Show earlier ones
        </button>
      )}
    </>
  );
}

function Details({ row, kind }: { readonly row: QuarantineRow; readonly kind: QuarantinedKind }) {
  const { bucket, key, bytes, entry, stream, reason, events } = row;
  const query = new URLSearchParams({ kind: kind.kind, key, entry: String(entry) });
  return (
    <dl class="quarantine-details">
      <div>
        <dt>Why</dt>
        <dd class="wrap">{visibleText(reason)}</dd>
      </div>
      {stream !== "" && (
        <div>
          <dt>{kind.kind === "access-logs" ? "Object" : kind.kind === "firehose" ? "Index" : "Log stream or shard"}</dt>
          <dd class="wrap">{visibleText(stream)}</dd>
        </div>
      )}
      {events > 1 && (
        <div>
          <dt>Holds</dt>
          <dd>{countOf(events, "event")}</dd>
        </div>
      )}
      <div>
        <dt>Kept in</dt>
        <dd class="wrap">
          {/* The address is the page's own; the object's name is only shown. */}
          <a href={`api/quarantine/object?${query}`} download>
            {visibleText(`s3://${bucket}/${key}`)}
          </a>
          , {sized(bytes)}
        </dd>
      </div>
      {row.text !== "" && (
        <div>
          <dt>What was logged</dt>
          <dd>
            <WholeText row={row} query={query} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** All of the text, which the list has only the beginning of. */
function WholeText({ row, query }: { readonly row: QuarantineRow; readonly query: URLSearchParams }) {
  const [whole, setWhole] = useState<QuarantineText>({ text: row.text, more: row.more });
  const [error, setError] = useState<string>();
  const [isAll, setAll] = useState(false);
  const { shown, more } = beginningOf(whole.text, isAll ? whole.text.length : SHOWN_CHARACTERS);
  const key = query.toString();
  useEffect(() => {
    if (row.more === 0) return;
    const controller = new AbortController();
    getJson<QuarantineText>("api/quarantine/text", new URLSearchParams(key), controller.signal).then(
      setWhole,
      ({ message }: Error) => controller.signal.aborted || setError(message),
    );
    return () => controller.abort();
  }, [key]);
  return (
    <>
      <pre class="quarantine-value">{visibleText(shown)}</pre>
      {more > 0 && (
        <button type="button" onClick={() => setAll(true)}>
          Show {integerText(more)} more characters
        </button>
      )}
      {more === 0 && whole.more > 0 && (
        <p class="quiet">{integerText(whole.more)} more characters are in the object.</p>
      )}
      {error !== undefined && (
        <p role="alert" class="error">
          {error}
        </p>
      )}
    </>
  );
}

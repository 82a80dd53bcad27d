import { useState } from "preact/hooks";
import { integerText } from "../ui/format";
import { beginningOf, visibleText } from "../ui/visible-text";

/** Of a value, without being asked for more. */
const SHOWN_CHARACTERS = 20_000;

/** The beginning of a long text, and all of it for who asks. */
export function LongText({ text }: { readonly text: string }) {
  const [isWhole, showWhole] = useState(false);
  const { shown, more } = isWhole ? { shown: text, more: 0 } : beginningOf(text, SHOWN_CHARACTERS);
  return (
    <>
      {visibleText(shown)}
      {more > 0 && (
        <button type="button" onClick={() => showWhole(true)}>
          Show {integerText(more)} more characters
        </button>
      )}
    </>
  );
}

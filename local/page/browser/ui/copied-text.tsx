import { useState } from "preact/hooks";

/** How long it says that the text is copied, in milliseconds. */
const SAID_MS = 2_000;

/** A text for another program, such as a command, with a button that copies it. */
export function CopiedText({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <div class="copied-text">
      <code class="wrap">{text}</code>
      <button type="button" onClick={copy}>
        {isCopied ? "Copied" : "Copy"}
      </button>
    </div>
  );
}

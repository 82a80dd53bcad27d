import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { focusRow } from "./results";

interface Keys {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly isOpen: boolean;
  close(): void;
}

/** `/` goes to the search, arrows to the next event, Escape closes the opened one, `c` copies it; Enter opens, as buttons do. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { input, isOpen, close } = latest.current;
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        if (target === input.current) target.blur();
        else if (isOpen) {
          // What is closed would take the focus with it.
          target.closest(".search-opened")?.previousElementSibling?.querySelector("button")?.focus();
          close();
        }
        return;
      }
      const isTyping = target.matches("input, select, textarea");
      const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as "ArrowDown" | "ArrowUp"];
      // From the search, down leads to what was found.
      const moves = step !== undefined && (!isTyping || (target === input.current && step > 0));
      if (event.key === "c" && !isTyping) document.querySelector<HTMLButtonElement>("button[data-copy]")?.click();
      const isSlash = event.key === "/" && !isTyping;
      if (isSlash) input.current?.focus();
      if (isSlash || (moves && focusRow(step))) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

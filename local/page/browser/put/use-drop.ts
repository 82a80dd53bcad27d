import { useEffect, useRef, useState } from "preact/hooks";

/** What was dropped. */
export interface Dropped {
  readonly files: readonly File[];
  /** Names of folders, which no request can read. */
  readonly folders: readonly string[];
}

/** Takes files that are dropped anywhere on the page: the browser would open them in its place. @returns whether some are held over it */
export function useDrop(drop: (dropped: Dropped) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
    addEventListener(
      "dragover",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(false), { signal });
    addEventListener(
      "drop",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        latest.current(droppedIn(event.dataTransfer!));
      },
      { signal },
    );
    return () => ending.abort();
  }, []);
  return isOver;
}

/** A folder is a file, too, but for its entry. */
function droppedIn({ items }: DataTransfer): Dropped {
  const all = [...items].filter(({ kind }) => kind === "file");
  const entries = all.map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  return {
    files: entries.flatMap(({ file, entry }) => (file && !entry?.isDirectory ? [file] : [])),
    folders: entries.flatMap(({ entry }) => (entry?.isDirectory ? [entry.name] : [])),
  };
}

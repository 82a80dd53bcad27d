import { useEffect, useState } from "preact/hooks";

/** As in search.css. */
const NARROW = "(max-width: 52rem)";

/** Whether the window is that of a phone. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const read = () => setNarrow(media.matches);
    read();
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  }, []);
  return isNarrow;
}

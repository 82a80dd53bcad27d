import { useLayoutEffect, useState } from "preact/hooks";
import { type Address, readAddress, writeAddress } from "./address";

/** The address, and what changes it. */
export function useAddress(): [Address, (address: Address, isStep?: boolean) => void] {
  const [address, setAddress] = useState(() => readAddress(location.hash));
  // Before anything is drawn: an address that changes until then would not be seen.
  useLayoutEffect(() => {
    const read = () => setAddress(readAddress(location.hash));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const write = (next: Address, isStep = true) => {
    if (isStep) location.hash = writeAddress(next);
    else history.replaceState(null, "", writeAddress(next));
    setAddress(next);
  };
  return [address, write];
}

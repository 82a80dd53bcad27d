import { useState } from "preact/hooks";

/** Something that a button does: whether it is being done, and why it could not be. */
export function useAction() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  return {
    isBusy,
    error,
    async run(action: () => Promise<unknown>): Promise<void> {
      setBusy(true);
      setError(undefined);
      try {
        await action();
      } catch (thrown) {
        setError((thrown as Error).message);
      } finally {
        setBusy(false);
      }
    },
  };
}

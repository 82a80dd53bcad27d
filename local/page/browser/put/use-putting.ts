import { useState } from "preact/hooks";
import { LARGER_PUTS, MAX_PUT_BYTES, PUT_PARAMETERS, type PutTarget } from "../../shared/put";
import { post } from "../ui/api";

/** How lines are put. */
interface PutChoices {
  readonly target: PutTarget;
  readonly skipsInvalid: boolean;
  /** "" for none. */
  readonly timeField: string;
}

export interface PutSource {
  /** A file's; undefined: it was typed. */
  readonly name: string | undefined;
  /** Undefined: it is a folder. */
  readonly content: Blob | undefined;
}

export interface PutFailure extends PutSource {
  readonly id: number;
  readonly error: string;
}

let lastId = 0;

/** Puts lines and files, one after the other. */
export function usePutting({ target, skipsInvalid, timeField }: PutChoices) {
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<readonly PutFailure[]>([]);
  const dismiss = (failure: PutFailure) => setFailed((all) => all.filter((one) => one !== failure));

  /** @returns whether all could be put */
  const put = async (sources: readonly PutSource[]): Promise<boolean> => {
    // What was typed is tried again by its own button.
    setFailed((all) => all.filter(({ name }) => name !== undefined));
    setBusy(true);
    let areAllPut = true;
    for (const source of sources) {
      try {
        await send(source);
      } catch (error) {
        areAllPut = false;
        const failure = { ...source, id: ++lastId, error: (error as Error).message };
        setFailed((all) => [...all, failure]);
      }
    }
    setBusy(false);
    return areAllPut;
  };

  const send = async ({ name, content }: PutSource) => {
    if (!content) throw new Error(`${name} is a folder. Drop the files in it, or choose them.`);
    const { size } = content;
    if (size > MAX_PUT_BYTES) {
      throw new Error(`${name ?? "What was typed"} is larger than 64 MiB, the most that is put here. ${LARGER_PUTS}`);
    }
    // A request whose content cannot be read fails like one without an answer.
    await content
      .slice(0, 1)
      .arrayBuffer()
      .catch((error: Error) => {
        throw new Error(
          `${name} cannot be read: ${error.message} Is it still there as it was? Drop or choose it again.`,
        );
      });
    const query = new URLSearchParams({ [PUT_PARAMETERS[target.kind]]: target.name, size: String(size) });
    if (name !== undefined) query.set("file", name);
    // They are about events of CloudWatch Logs; an object is put as it is.
    if (target.kind === "log group" && skipsInvalid) query.set("skip", "1");
    if (target.kind === "log group" && timeField !== "") query.set("timeField", timeField);
    await post(`api/put?${query}`, content);
  };

  return {
    isBusy,
    failed,
    put,
    dismiss,
    retry(failure: PutFailure) {
      dismiss(failure);
      return put([failure]);
    },
  };
}

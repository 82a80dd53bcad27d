import { ProcessError } from "../processes/process";
import type { MachineError } from "./machine-error";

/** For a `catch`: explains a command that failed; any other error, which nobody expects, stays as it is. */
export function whenProcessFails(explain: (error: ProcessError) => MachineError): (error: unknown) => never {
  return (error) => {
    throw error instanceof ProcessError ? explain(error) : error;
  };
}

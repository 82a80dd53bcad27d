import { ProcessError } from "../processes/process";
import type { MachineError } from "./machine-error";

/** Returns a handler for `catch` that turns a ProcessError into an explanation and rethrows any other error. */
export function whenProcessFails(explain: (error: ProcessError) => MachineError): (error: unknown) => never {
  return (error) => {
    throw error instanceof ProcessError ? explain(error) : error;
  };
}

/** Titles of the tables that targets are about. */
export const CORE = "The core: decode, write, pack, sign";
export const FIRST_EVENTS = "The first 1,000 events of a process";
export const WHOLE = "The whole function, against local sinks";
export const COLD = "Process start to first response";
export const MEMORY = "Memory: the largest batches that Lambda hands over, text and JSON by turns";

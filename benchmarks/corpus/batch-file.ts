import { readFileSync, writeFileSync } from "node:fs";
import type { Batch } from "./batches";

/** A batch goes to the process that is measured by a file, so that building it is no part of that process's memory. */
export const writeBatch = (file: string, batch: Batch): void => writeFileSync(file, JSON.stringify(batch));

/** As Lambda hands a batch over: from JSON. */
export const readBatch = (file: string): Batch => JSON.parse(readFileSync(file, "utf8"));

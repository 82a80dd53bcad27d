import { batchOf } from "../corpus/batches";
import { jsonOfSize, textOfSize } from "../corpus/corpora";
import { median, processCpuMs } from "../measure/rounds";
import { sendRow } from "../report/table";
import { core } from "../subjects/core";

/** Measures the first thousand events of a process, and the same ones later, when the compiler has optimized the code. */
const [kind = "text"] = process.argv.slice(2);
const { event } = batchOf(kind === "text" ? textOfSize(140) : jsonOfSize(140), 1, 1000);

function cpuMsOf(work: () => void): number {
  const start = processCpuMs();
  work();
  return processCpuMs() - start;
}

const first = cpuMsOf(() => core(event));
for (let i = 0; i < 100; i++) core(event);
const steady = median(Array.from({ length: 21 }, () => cpuMsOf(() => core(event))));
sendRow({ first, steady, beyond: first - steady });

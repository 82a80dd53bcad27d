import { batchOf } from "../corpus/batches";
import { jsonOfSize, textOfSize } from "../corpus/corpora";
import { median, processCpuMs } from "../measure/rounds";
import { send } from "../report/send";
import { core } from "../subjects/core";

/** What the first thousand events of a fresh process cost beyond the same ones later: the compiler has not seen them yet. */
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
send({ first, steady, beyond: first - steady });

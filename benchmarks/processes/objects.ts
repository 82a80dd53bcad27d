import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { SampleObjectFormat } from "../../tools/sample-logs/objects";
import { inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { objectBodies, objectCore, objectFloor } from "../subjects/object-core";

/** CPU milliseconds of all rounds of an object. */
const BUDGET_MS = 1_500;

const [file, key, format, lines] = process.argv.slice(2) as [string, string, SampleObjectFormat, string];

async function main(): Promise<void> {
  const content = readFileSync(file);
  const objects = { plain: content, gzip: gzipSync(content) };
  for (const [object, stored] of Object.entries(objects)) {
    const bodies = await objectBodies(stored, key);
    const core = () => objectCore(stored, key);
    const rounds = await inRounds(
      { floor: () => objectFloor(object === "gzip" ? stored : undefined, bodies), core },
      roundsFor(await warm(core), BUDGET_MS),
    );
    const microseconds = (way: "floor" | "core") => (1_000 * median(rounds[way])) / Number(lines);
    sendRow({
      ...{ format, object, lines: Number(lines) },
      "B/line": Math.round(content.length / Number(lines)),
      "B/document": Math.round(bodies.reduce((sum, body) => sum + body.length, 0) / Number(lines)),
      "µs/line": microseconds("core"),
      "floor, µs": microseconds("floor"),
      "× floor": ratio(rounds, "core", "floor"),
      "lines/s": Math.round(1e6 / microseconds("core")),
    });
  }
}

void main();

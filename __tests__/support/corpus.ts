import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const FOLDER = join("..", "shared", "corpus");

/** Lines of logs: real ones where the corpus lies beside the project, else generated ones. `source` says which. */
export function corpus(): { source: string; files: [name: string, lines: string[]][] } {
  const folder = join(ROOT, FOLDER);
  if (!existsSync(folder))
    return { source: "generated lines, as there is no corpus", files: [["generated", generated()]] };
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return {
    source: `the corpus of real logs in ${FOLDER}`,
    files: names.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8").split("\n")]),
  };
}

function generated(): string[] {
  return Array.from({ length: 2000 }, (_, n) => {
    const time = new Date(1_795_230_000_000 + n * 997).toISOString();
    const lines = [
      `10.0.${n % 256}.7 - - [${time}] "GET /?q=${encodeURIComponent("k\u00e4se")}&n=${n} HTTP/1.1" 200 ${n * 31} "-" "curl/8"`,
      JSON.stringify({
        time,
        level: "info",
        message: `request ${n}`,
        user: { id: n, name: "J\u00f8rgen \ud83d\ude00" },
      }),
      `${time} ERROR Traceback:\tat f (x.js:${n})\n\tat g ("y.js":1)`,
      `{"@timestamp":"${time}","log":{"level":"warn"},"id":1234567890123456${n},"cloud":"none"}`,
    ];
    return lines[n % lines.length]!;
  });
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");
const PROGRAM = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const CONFIGURATION = join(ROOT, ".dependency-cruiser.cjs");

/** Folders that git ignores. */
const GENERATED = ["node_modules", "dist", "lib", "cdktf.out", "coverage"];

interface Cruise {
  modules: { source: string }[];
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[];
    ruleSetUsed: { forbidden: { name: string }[] };
  };
}

/** Checks the imports of all sources below `folder` by the repository's rules. */
function cruise(folder: string): Cruise {
  const command = [PROGRAM, "--config", CONFIGURATION, "--output-type", "json", "."];
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("the rooms", () => {
  let cruised: Cruise;

  beforeAll(() => {
    cruised = cruise(ROOT);
  });

  it("import only what the rules allow", () => {
    const { violations } = cruised.summary;
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`)).toEqual([]);
  });

  it("are all read by dependency-cruiser", () => {
    const seen = new Set(cruised.modules.map(({ source }) => source));
    expect(sourcesOf(".").filter((file) => !seen.has(file))).toEqual([]);
  });
});

/** The paths of the sources in a folder of the repository. */
function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return /\.(tsx?|cjs)$/.test(entry.name) ? [path] : [];
    return entry.name.startsWith(".") || GENERATED.includes(entry.name) ? [] : sourcesOf(path);
  });
}

/** By rule: files with their texts. The first file breaks the rule. */
const BREACHES: Record<string, Record<string, string>> = {
  "core-is-the-library": { "core/http/a.ts": 'import "../../tools/cache";', "tools/cache.ts": "" },
  "core-events-come-first": {
    "core/events/a.ts": 'import "../json/b";',
    "core/json/b.ts": 'import "../retry/retry";',
    "core/retry/retry.ts": "",
  },
  "core-source-knows-no-sink": {
    "core/sources/kinesis/a.ts": 'import "../../http/b";',
    "core/http/b.ts": 'import type { Sink } from "../sinks/archive/sink";',
    "core/sinks/archive/sink.ts": "export type Sink = string;",
  },
  "core-sink-knows-no-source": {
    "core/sinks/otlp/a.ts": 'import "../../sources/s3/b";',
    "core/sources/s3/b.ts": "",
  },
  "core-parsers-know-messages-alone": {
    "core/parsers/a.ts": 'import "../sinks/otlp/c";',
    "core/sinks/otlp/c.ts": "",
  },
  "core-rules-know-events-alone": {
    "core/rules/a.ts": 'import "../sinks/otlp/c";',
    "core/sinks/otlp/c.ts": "",
  },
  "core-messages-know-events-alone": {
    "core/messages/a.ts": 'import "../sinks/otlp/c";',
    "core/sinks/otlp/c.ts": "",
  },
  "core-indices-know-no-delivery": {
    "core/indices/a.ts": 'import "../sinks/otlp/c";',
    "core/sinks/otlp/c.ts": "",
  },
  "core-rules-decide-alone": {
    "core/sinks/opensearch/a-rules.ts": 'import { parse } from "./response";',
    "core/sinks/opensearch/response.ts": "export const parse = 1;",
  },
  "core-rules-know-no-sender": {
    "core/http/a-rules.ts": 'import type { Send } from "./send";',
    "core/http/send.ts": "export type Send = string;",
  },
  "function-on-core-alone": { "functions/a/index.ts": 'import "../b/index";', "functions/b/index.ts": "" },
  "function-audit-on-audit": { "functions/audit/index.ts": 'import "../b/index";', "functions/b/index.ts": "" },
  "functions-reach-no-undici": {
    "functions/c/index.ts": 'import "../../core/http/d";',
    "core/http/d.ts": 'import "undici";',
  },
  "patterns-alone-reach-re2js": { "core/http/r.ts": 'import "re2js";' },
  "core-patterns-stand-alone": { "core/patterns/a.ts": 'import "../json/b";' },
  "archive-on-core-and-tools": { "archive/a.ts": 'import "../replay/run";' },
  "replay-on-archive-core-and-tools": {
    "replay/a.ts": 'import "../functions/forwarder/forward";',
    "functions/forwarder/forward.ts": "",
  },
  "audit-on-replay": { "audit/a.ts": 'import "../soak/random";' },
  "query-on-readers": { "query/a.ts": 'import "../replay/run";' },
  "duckdb-for-sql": { "archive/b.ts": 'import "@duckdb/node-api";' },
  "cost-on-core-and-tools": { "cost/a.ts": 'import "../modules/index";', "modules/index.ts": "" },
  "search-on-core-and-tools": { "search/a.ts": 'import "../replay/run";' },
  "sizing-on-core-and-tools": { "sizing/a.ts": 'import "../replay/run";' },
  "doctor-on-search": { "doctor/a.ts": 'import "../replay/run";' },
  "local-knows-functions-as-zips": {
    "local/a.ts": 'import "../replay/arguments/kinds";',
    "replay/arguments/kinds.ts": 'import "../../functions/forwarder/forward";',
  },
  "local-on-core-and-tools": { "local/b.ts": 'import "../replay/run";', "replay/run.ts": "" },
  "page-shared-is-pure": { "local/page/shared/a.ts": 'import "node:fs";' },
  "page-browser-on-shared": { "local/page/browser/a.tsx": 'import "../../f";', "local/f.ts": "" },
  "page-browser-is-a-bundle": { "local/page/server/a.ts": 'import "../browser/a";' },
  "page-is-for-a-start": { "local/g.ts": 'import "./page/server/a";' },
  "dev-on-build-and-local": { "dev/a.ts": 'import "../replay/run";' },
  "dev-is-a-command": { "build/a.ts": 'import "../dev/b";', "dev/b.ts": "" },
  "modules-for-main-and-registry": { "local/c.ts": 'import "../modules/index";', "modules/index.ts": "" },
  "modules-stand-alone": { "modules/a.ts": 'import "../core/events/b";', "core/events/b.ts": "" },
  "core-declarations-are-data": { "core/metrics/a.ts": 'import "node:fs";' },
  "modules-language-knows-no-construct": {
    "modules/inputs/a.ts": 'import "../log-archive/inputs";',
    "modules/log-archive/inputs.ts": "",
  },
  "cdktf-for-constructs": { "core/http/c.ts": 'import type { App } from "cdktf";' },
  "main-on-modules": { "main.ts": 'import "./local/d";', "local/d.ts": "" },
  "registry-on-modules-and-tools": { "registry/a.ts": 'import "../local/d";' },
  "soak-on-local": { "soak/e.ts": 'import "../replay/run";' },
  "send-on-packages-and-local": { "send/a.ts": 'import "../soak/random";' },
  "setup-on-local": { "setup/a.ts": 'import "../soak/random";' },
  "benchmarks-on-build-and-local": { "benchmarks/a.ts": 'import "../soak/random";' },
  "build-stands-alone": { "build/b.ts": 'import "../tools/cache";' },
  "docs-tables-on-declarations": { "docs/tables/a.ts": 'import "../../local/d";' },
  "docs-screenshots-on-local": { "docs/screenshots/a.ts": 'import "../../soak/random";' },
  "packages-stand-alone": { "packages/a/b.ts": 'import "../../core/json/b";' },
  "commands-on-commands": { "packages/commands/a.ts": 'import "../../local/d";' },
  "packages-are-for-applications": { "local/e.ts": 'import "../packages/a/c";', "packages/a/c.ts": "" },
  "tools-know-no-room": { "tools/a.ts": 'import "../soak/random";', "soak/random.ts": "" },
  "tests-are-for-tests": { "soak/a.ts": 'import "../__tests__/support/b";', "__tests__/support/b.ts": "" },
  "no-cycles": {
    "soak/b.ts": 'import type { C } from "./c";\nexport type B = C;',
    "soak/c.ts": 'import type { B } from "./b";\nexport type C = B;',
  },
  "no-unknown-imports": { "soak/d.ts": 'import "./nowhere";' },
};

describe("each rule of the rooms", () => {
  let summary: Cruise["summary"];

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "rooms-"));
    try {
      for (const [file, text] of Object.values(BREACHES).flatMap((files) => Object.entries(files))) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      ({ summary } = cruise(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has a breach in this test", () => {
    expect(Object.keys(BREACHES)).toEqual(summary.ruleSetUsed.forbidden.map(({ name }) => name));
  });

  it.each(Object.entries(BREACHES))("reports its breach: %s", (name, files) => {
    const [file] = Object.keys(files);
    const found = summary.violations.filter(({ rule }) => rule.name === name);
    expect(found.map(({ from }) => from)).toContain(file);
  });
});

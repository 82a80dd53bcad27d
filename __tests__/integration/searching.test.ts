import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { documentId, eventIdOf } from "../../core/events/document-id";
import { indicesOfSettings } from "../../core/indices/configured-indices";
import { indexTemplates } from "../../core/indices/template";
import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import type { LinkArguments } from "../../search/arguments/link-arguments";
import { apiClient } from "../../search/client";
import { linkText, runLink } from "../../search/link/command";
import { findEvent } from "../../search/link/found-event";
import { pipelineObjects } from "../../search/saved-objects/pipeline-objects";
import { discoverStateOf } from "../support/discover-state";
import {
  documentedSearches,
  forwardSearched,
  HOSTILE_GROUP,
  KNOWN_DOCUMENT,
  KNOWN_ID,
  ORDERS,
  signableSearch,
} from "../support/documented-searches";
import { queryOfDql } from "../support/dql";
import { callEngine, forwardTo } from "../support/engines";
import { defaultIndexSettings } from "../support/index-settings";
import { ARRIVAL, eventId, logEvent } from "../support/kinesis";
import { expectPageSearch } from "../support/page-search";
import { hasTool, printedCommands, runInBash } from "../support/printed-commands";
import { bodyOfSavedObject } from "../support/saved-object-body";
import { skippedUnless } from "../support/skipped";

const MINUTE_MS = 60_000;
const SEARCHES = documentedSearches();
const SIGNABLE = signableSearch();
const now = Date.now();

/** What each command finds: the events in their order, or the buckets. */
const COMMANDS: Record<string, readonly unknown[]> = {
  "The last hour": [1, 7, 6, 2, 3, 9, 10, 11, 4],
  "A phrase": [2],
  "A status": [2, 4, 5],
  "By log group": [1, 6, 2, 3, 4, 5, 23, 22, 30, KNOWN_ID, 21, 20],
  "Errors by service": [
    ["payments", 2],
    ["orders", 1],
  ],
  "Count by minute": [
    [minuteOf(7), 1],
    [minuteOf(1), 1],
  ],
  "Rejected ones": [6],
  "One event by its id": [KNOWN_ID],
  "Its neighbours in the log stream": [KNOWN_ID, 21, 20, 22, 23],
  "The slowest": [10, 11],
};

/** What each text finds in the last three hours, or in the minutes around the known event. */
const TEXTS: Record<string, readonly unknown[]> = {
  ...COMMANDS,
  "The last hour": [1, 7, 6, 2, 3, 9, 10, 11, 4, 8, 5],
  "By log group": [1, 6, 2, 3, 4, 5],
  "Errors by service": [2, 3, 4, 5],
  "Count by minute": [1, 4, 5],
  "Its neighbours in the log stream": [21, KNOWN_ID, 22],
};

const OBJECTS = pipelineObjects(defaultIndexSettings());

/** What each saved object finds: the events, or the buckets in their order. */
const SAVED: Record<string, readonly unknown[]> = {
  "last-15-minutes": [1, 7, 6, 2, 3, 9, 10, 11, 4],
  "by-application": [1, 2, 3, 4, 5, 8],
  "by-level": [1, 2, 3, 4, 5, 8],
  "by-logger": [1, 2, 3, 4, 5, 8],
  "log-stream": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23, 30, 40, KNOWN_ID],
  "levels-over-time": [
    [Math.floor((ARRIVAL - 90_000) / MINUTE_MS) * MINUTE_MS, 1],
    [ARRIVAL - MINUTE_MS, 1],
    [ARRIVAL, 3],
    [ARRIVAL + MINUTE_MS, 1],
    [minuteOf(200), 1],
    [minuteOf(120), 1],
    [minuteOf(90), 1],
    [minuteOf(7), 1],
    [minuteOf(4), 3],
    [minuteOf(3), 2],
    [minuteOf(2), 1],
    [minuteOf(1), 2],
  ],
  "top-log-groups": [
    ["/app/orders", 12],
    ["/aws/lambda/checkout", 3],
    ["/app/orders-2", 2],
    [HOSTILE_GROUP, 1],
  ],
  "errors-by-log-group": [["/app/orders", 4]],
  slowest: [["/aws/lambda/checkout", 3]],
  "text-documents": [[minuteOf(2), 1]],
};

function minuteOf(ageMinutes: number): number {
  const time = now - ageMinutes * MINUTE_MS;
  return time - (time % MINUTE_MS);
}

const LINK = {
  settings: defaultIndexSettings(),
  dashboardsUrl: "https://search.example/_dashboards",
  login: { by: "none" },
  discover: "explorer",
  text: "",
  from: "now-3h",
} as const;

const INDEX_SETTINGS = JSON.stringify({
  name: "logging-pipeline",
  prefix: "cwl-",
  period: "day",
  indices: {},
  history: [],
  retention_days: 30,
  shards: 1,
  refresh_interval_seconds: 1,
  sort: "none",
  template: "managed",
});

/** Texts that mean something to a shell, to rison, to JSON, to a URL or to Lucene. */
const HOSTILE = `it's "!" $(id) \`id\` \\ % & + # 🐈 \u202e\n*`;

const LINKS: [Partial<LinkArguments>, (number | string)[]][] = [
  [{ group: ORDERS, level: "error" }, [2, 3, 4, 5]],
  [{ group: "/app/*" }, []],
  [{ level: "ERROR" }, [2, 3, 4, 5]],
  [{ level: HOSTILE, group: HOSTILE }, []],
  [{ text: "status:>=500 AND service.name:orders" }, [4, 5]],
  [{ text: `message:"the card has expired" OR message:"${HOSTILE.replace(/["\\]/g, "\\$&")}"` }, [2]],
  [{ group: HOSTILE_GROUP, from: "now-4h" }, [40]],
];

/** A bucket of the time, with those of the second aggregation by their labels. */
interface Minute {
  3: { buckets: Record<string, { doc_count: number }> };
}

let engine: OpenSearch;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "searching-"));
  engine = await startOpenSearch();
}, 300_000);

afterAll(async () => {
  await engine?.stop();
  await rm(directory, { recursive: true });
});

interface Found {
  hits: { hits: { _id: string }[] };
  aggregations?: Record<string, { buckets?: { key: unknown; doc_count: number }[] }>;
}

function found({ hits, aggregations }: Found): unknown[] {
  const buckets = Object.values(aggregations ?? {}).find((aggregation) => aggregation.buckets)?.buckets;
  if (buckets) return buckets.map(({ key, doc_count }) => [key, doc_count]);
  const ids = hits.hits.map(({ _id }) => eventIdOf(_id));
  return ids.map((id) => (id.startsWith("0") ? Number(id) : id));
}

/** What docs/searching.md says to write on an index that was made without the template. */
const withoutTemplate = (text: string): string =>
  text
    .replace('"field": "service.name"', '"field": "service.name.keyword"')
    .replaceAll("aws.cloudwatch.log_group", "$&.keyword");

/** Ties of the time come in any order. */
const sorted = (values: readonly unknown[]): unknown[] =>
  [...values].sort((a, b) => String(a).localeCompare(String(b)));

async function answerTo(body: object, index = "cwl-*") {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${engine.url}/${index}/_search`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return JSON.parse(await response.text());
}

const search = async (body: object): Promise<unknown[]> => found(await answerTo(body));

const AROUND_KNOWN = { gte: "2026-11-21T02:59:00Z", lte: "2026-11-21T03:01:00Z" };

it("documents ten searches, each as a command and as a text, of events that it knows", () => {
  expect(SEARCHES.map(({ title }) => title)).toEqual(Object.keys(COMMANDS));
  expect(SEARCHES.filter(({ command, dql }) => command === "" || dql === "")).toEqual([]);
  expect(eventId(1).startsWith("0")).toBe(true);
});

describe.each([
  ["with the pipeline's index template", true],
  ["of an index that was made without it", false],
])("the documented searches, %s,", (_, hasTemplate) => {
  beforeAll(async () => {
    await callEngine(engine, "DELETE", "/cwl-*");
    const [template] = indexTemplates(indicesOfSettings(defaultIndexSettings())!);
    if (hasTemplate) await callEngine(engine, "PUT", "/_index_template/logging-pipeline", template);
    await forwardSearched(engine, now);
    // The other run has none.
    if (hasTemplate) await callEngine(engine, "DELETE", "/_index_template/logging-pipeline");
  });

  skippedUnless(hasTool("curl"), "curl on the PATH").it.each(SEARCHES)(
    "find what their title says when bash runs their command: $title",
    async ({ title, command }) => {
      const adapted = hasTemplate ? command : withoutTemplate(command);
      const answer = JSON.parse(await runInBash(adapted, { ...process.env, SEARCH_ENDPOINT: engine.url }));
      const all = (answer.responses ?? [answer]).flatMap(found);
      expect(sorted(all)).toEqual(sorted(COMMANDS[title]!));
    },
  );

  skippedUnless(hasTool("curl"), "curl on the PATH").it(
    "find the same when the pattern is in the body, where curl need not sign it",
    async () => {
      const answer = JSON.parse(await runInBash(SIGNABLE, { ...process.env, SEARCH_ENDPOINT: engine.url }));
      expect(found(answer.responses[0])).toEqual(COMMANDS["A phrase"]);
    },
  );

  if (hasTemplate) {
    // On indices without the template, on every engine: engines-requests.test.ts.
    it("the local page's search finds, counts, opens and exports the same", async () => {
      await expectPageSearch(engine, now);
    });

    it.each(Object.entries(SAVED))("the saved object finds what its title says: %s", async (slug, expected) => {
      const object = OBJECTS.find(({ id }) => id === `logging-pipeline-${slug}`)!;
      const ids = await search(bodyOfSavedObject(object));
      expect(expected.every(Array.isArray) ? ids : sorted(ids)).toEqual(
        expected.every(Array.isArray) ? expected : sorted(expected),
      );
    });
  }

  if (hasTemplate) {
    /** The number of events in each bucket of a visualization over the time, by label. */
    async function levelsOverTime(index: string): Promise<Record<string, number>> {
      const body = bodyOfSavedObject(OBJECTS.find(({ id }) => id === "logging-pipeline-levels-over-time")!);
      const { aggregations } = await answerTo(body, index);
      const sums: Record<string, number> = {};
      for (const minute of aggregations[2].buckets as Minute[]) {
        for (const [label, { doc_count }] of Object.entries(minute[3].buckets)) {
          sums[label] = (sums[label] ?? 0) + doc_count;
        }
      }
      return sums;
    }

    it("levels over time counts each event under one level", async () => {
      expect(await levelsOverTime("cwl-*")).toEqual({ fatal: 0, error: 4, warn: 0, info: 2, debug: 0, "no level": 12 });
    });

    it("the saved objects find what client libraries and appenders write, in whichever shape", async () => {
      const lines = [
        { "@timestamp": "2026-11-21T03:00:00.000Z", "log.level": "error", "log.logger": "pay", "service.name": "shop" },
        {
          ...{ hostname: "h", level: "WARN", logger: "pay", message: "m", processId: 7, thread: "main" },
          ...{ tags: { applicationName: "shop", deployedTo: "prod" }, timestamp: "2026-11-21T03:00:00.000Z" },
        },
        { Timestamp: "2026-11-21T03:00:00.000Z", Level: "Info", message: "m" },
        { level: 50, time: now, msg: "pino" },
      ];
      const events = lines.map((line, i) => logEvent(60 + i, JSON.stringify(line), now));
      await forwardTo(engine, "clients", events, {}, { arrival: now });
      await callEngine(engine, "POST", "/cwl-clients-*/_refresh");
      const ids = async (slug: string) => {
        const body = bodyOfSavedObject(OBJECTS.find(({ id }) => id === `logging-pipeline-${slug}`)!);
        return sorted(await search(body)).filter((id) => Number(id) >= 60 && Number(id) < 70);
      };
      try {
        expect(await ids("by-level")).toEqual([60, 61, 62, 63]);
        expect(await ids("by-logger")).toEqual([60, 61]);
        expect(await ids("by-application")).toEqual([60, 61]);
        expect(await levelsOverTime("cwl-clients-*")).toMatchObject({ error: 2, warn: 1, info: 1, "no level": 0 });
      } finally {
        await callEngine(engine, "DELETE", "/cwl-clients-*");
      }
    });

    skippedUnless(hasTool("curl"), "curl on the PATH").it.each(LINKS)(
      "a link and its command find the same events: %j",
      async (given, expected) => {
        const text = linkText({ ...LINK, searchEndpoint: engine.url, ...given });
        const [url, command] = printedCommands(text);
        const { time, filters, query } = discoverStateOf(url!);
        const range = { "@timestamp": { gte: time!.from, lte: time!.to } };
        const typed = query.query === "" ? [] : [{ query_string: { query: query.query, analyze_wildcard: true } }];
        const bool = { filter: [{ range }, ...filters.map((filter) => filter.query), ...typed] };
        const linked = await search({ size: 100, query: { bool } });
        expect(sorted(linked)).toEqual(sorted(expected));
        expect(sorted(found(JSON.parse(await runInBash(command!)).responses[0]))).toEqual(sorted(expected));
      },
    );

    it.each([
      ["the _id of its document", [KNOWN_DOCUMENT]],
      ["its id in CloudWatch Logs", [KNOWN_ID, "--log-group", ORDERS, "--account", "111111111111"]],
    ])("npm run search -- link finds the neighbours of an event by %s", async (_, [id, ...options]) => {
      const settings = join(directory, "index-settings.json");
      await writeFile(settings, INDEX_SETTINGS);
      const urls = ["--search-endpoint", engine.url, "--dashboards-url", "http://localhost:5601", "--login", "none"];
      const args = ["link", "--index-settings", settings, ...urls, "--around", id!, ...options];
      const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "search/main.ts", ...args]);
      const [url, command] = printedCommands(stdout);
      const { responses } = JSON.parse(await runInBash(command!));
      expect(responses.map(found)).toEqual([
        [KNOWN_ID, 21, 20],
        [22, 23],
      ]);
      expect(discoverStateOf(url!).filters).toHaveLength(2);
      expect(discoverStateOf(url!).route).toBe(`/context/logging-pipeline-logs/${KNOWN_DOCUMENT}`);
    });

    it("npm run search -- link refuses a log group that is not the event's", async () => {
      const args = { ...LINK, searchEndpoint: engine.url, around: KNOWN_DOCUMENT, group: "/app/orders-2" };
      await expect(runLink(args)).rejects.toThrow(
        'is in the log group "/app/orders", not in that of --log-group, "/app/orders-2"',
      );
    });

    it("npm run search -- link finds the nearest neighbours in a busy stream, and the event among others of its millisecond", async () => {
      const first = ARRIVAL + 24 * 60 * MINUTE_MS;
      // Two seconds apart, but for the 101 in the middle.
      const events = Array.from({ length: 301 }, (_, n) => {
        const distance = Math.max(0, Math.abs(n - 150) - 50);
        return logEvent(1_000 + n, `at ${n}`, first + Math.sign(n - 150) * distance * 2_000);
      });
      await forwardTo(engine, "/app/busy", events, {}, { arrival: first + 200_000 });
      await callEngine(engine, "POST", "/cwl-*/_refresh");
      const neighboursOf = async (n: number) => {
        const id = documentId(eventId(1_000 + n), { owner: "111111111111", logGroup: "/app/busy" });
        const event = await findEvent(apiClient(engine.url, { by: "none" }), "cwl-*", id);
        const [, command] = printedCommands(linkText({ ...LINK, searchEndpoint: engine.url }, event));
        return JSON.parse(await runInBash(command!)).responses.map(found);
      };
      const numbers = (from: number, to: number) =>
        Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => 1_000 + from + Math.sign(to - from) * i);
      expect(await neighboursOf(60)).toEqual([numbers(60, 35), numbers(61, 85)]);
      const [before, after] = await neighboursOf(180);
      expect([before[0], before.length, after]).toEqual([1_180, 26, numbers(201, 225)]);
    });

    it("npm run search -- link says that no document has the id", async () => {
      const client = apiClient(engine.url, { by: "none" });
      await expect(findEvent(client, "cwl-*", "unknown.1")).rejects.toThrow('has the _id "unknown.1"');
    });
  }

  it.each(SEARCHES)("find it when Dashboards gets their text: $title", async ({ title, dql }) => {
    const isAround = TEXTS[title]!.includes(KNOWN_ID);
    const range = { "@timestamp": isAround ? AROUND_KNOWN : { gte: "now-3h" } };
    const query = { bool: { filter: [{ range }, queryOfDql(hasTemplate ? dql : withoutTemplate(dql))] } };
    expect(sorted(await search({ size: 100, query }))).toEqual(sorted(TEXTS[title]!));
  });
});

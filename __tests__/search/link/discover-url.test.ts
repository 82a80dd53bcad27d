import fc from "fast-check";
import { DISCOVERS, discoverUrl, surroundingUrl } from "../../../search/link/discover-url";
import { linkFilters } from "../../../search/link/link-query";
import { discoverStateOf } from "../../support/discover-state";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."'!()*,:&=#?%+/\\\"<>{}[]$@;|~` \n\t", "\u202e", "é", "🐈", "!t", "!n") }),
);

const hostileQuery = fc.record({
  from: fc.constantFrom("now-15m", "2026-11-21T03:00:00.000Z"),
  to: fc.constantFrom("now", "2026-11-21T04:00:00.000Z"),
  filters: fc.record({ group: hostile, stream: hostile, level: hostile }).map(linkFilters),
  text: hostile,
});

const hostileNeighbours = fc
  .tuple(hostileQuery, hostile)
  .map(([{ filters, text }, id]) => ({ id, time: "2026-11-21T03:00:00.000Z", filters, text }));

const target = fc.record({
  dashboardsUrl: fc.constantFrom("https://search.example/_dashboards", "http://localhost:5601"),
  discover: fc.constantFrom(...DISCOVERS),
  patternId: fc.constant("logging-pipeline-logs"),
});

it("keeps every value of a search, whatever characters it has", () => {
  fc.assert(
    fc.property(target, hostileQuery, (where, query) => {
      const url = discoverUrl(where, query);
      const { time, index, filters, query: typed } = discoverStateOf(url);
      expect(time).toEqual({ from: query.from, to: query.to });
      expect(index).toBe(where.patternId);
      expect(typed).toEqual({ language: "lucene", query: query.text });
      expect(filters.map(({ meta, query: each }) => ({ alias: meta.alias, query: each }))).toEqual(query.filters);
    }),
  );
});

it("is one word without quotes, line breaks or exclamation marks", () => {
  fc.assert(
    fc.property(target, hostileQuery, hostileNeighbours, (where, query, neighbours) => {
      for (const url of [discoverUrl(where, query), surroundingUrl(where, neighbours)]) {
        expect(url).toMatch(/^[\w~.*()%,:@$/?#&=+-]+$/);
        expect(url.split("#")).toHaveLength(2);
      }
    }),
  );
});

it("names the document whose surroundings are looked for, and all that they meet, whatever characters it has", () => {
  fc.assert(
    fc.property(target, hostileNeighbours, (where, query) => {
      const { route, filters } = discoverStateOf(surroundingUrl(where, query));
      expect(route.split("/").slice(0, 3)).toEqual(["", "context", where.patternId]);
      expect(decodeURIComponent(route.split("/").slice(3).join("/"))).toBe(query.id);
      const typed = query.text === "" ? [] : [{ query_string: { query: query.text, analyze_wildcard: true } }];
      expect(filters.map((filter) => filter.query)).toEqual([
        ...query.filters.map(({ query: each }) => each),
        ...typed,
      ]);
    }),
  );
});

// OpenSearch Dashboards 2.10 and newer makes this address in src/plugins/discover/public/application/components/doc_views/generate_doc_views_url.ts.
it.each(DISCOVERS)("opens the surrounding documents outside of the data explorer, which has none: %s", (discover) => {
  const query = { id: "1.a", time: "2026-11-21T03:00:00.000Z", filters: [], text: "" };
  expect(surroundingUrl({ dashboardsUrl: "https://d", discover, patternId: "p" }, query)).toBe(
    "https://d/app/discover?security_tenant=global#/context/p/1.a?_g=(filters:%21())&" +
      "_a=(columns:%21(aws.cloudwatch.log_group,level,message),filters:%21(),predecessorCount:25,successorCount:25)",
  );
});

it.each([
  ["explorer", "https://d/app/data-explorer/discover?security_tenant=global#?_g="],
  ["classic", "https://d/app/discover?security_tenant=global#/?_g="],
] as const)("opens the Discover that is asked for: %s", (discover, beginning) => {
  const query = { from: "now-15m", to: "now", filters: [], text: "" };
  const url = discoverUrl({ dashboardsUrl: "https://d", discover, patternId: "p" }, query);
  expect(url.slice(0, beginning.length)).toBe(beginning);
});

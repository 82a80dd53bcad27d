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
  order: fc.constantFrom("asc" as const, "desc" as const),
});

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
    fc.property(target, hostileQuery, hostile, (where, query, id) => {
      for (const url of [discoverUrl(where, query), surroundingUrl(where, query, id)]) {
        expect(url).toMatch(/^[\w~.*()%,:@$/?#&=+-]+$/);
        expect(url.split("#")).toHaveLength(2);
      }
    }),
  );
});

it("names the document whose surroundings are looked for, whatever its id", () => {
  fc.assert(
    fc.property(target, hostileQuery, hostile, (where, query, id) => {
      const { route, filters } = discoverStateOf(surroundingUrl(where, query, id));
      expect(route.split("/").slice(0, 3)).toEqual(["", "context", where.patternId]);
      expect(decodeURIComponent(route.split("/").slice(3).join("/"))).toBe(id);
      expect(filters).toHaveLength(query.filters.length);
    }),
  );
});

it.each([
  ["explorer", "https://d/app/data-explorer/discover?security_tenant=global#?_g="],
  ["classic", "https://d/app/discover?security_tenant=global#/?_g="],
] as const)("opens the Discover that is asked for: %s", (discover, beginning) => {
  const query = { from: "now-15m", to: "now", filters: [], text: "", order: "desc" } as const;
  const url = discoverUrl({ dashboardsUrl: "https://d", discover, patternId: "p" }, query);
  expect(url.slice(0, beginning.length)).toBe(beginning);
});

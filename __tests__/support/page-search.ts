import { eventIdOf } from "../../core/events/document-id";
import type { Engine } from "../../local/opensearch/engine";
import { engineSearch } from "../../local/page/search/engine-search";
import { exportedEvents } from "../../local/page/search/export-events";
import { findEvents } from "../../local/page/search/find-events";
import { indexFieldsOf } from "../../local/page/search/index-fields";
import { openEvent, surroundingEvents } from "../../local/page/search/opened-event";
import { defaultView, type EventSearch } from "../../local/page/shared/search-view";
import { HOSTILE_GROUP, KNOWN_DOCUMENT, ORDERS } from "./documented-searches";
import { callEngine } from "./engines";

/** Which of the searched events each search of the last four hours finds. */
const FOUND: readonly (readonly [Partial<EventSearch>, readonly number[]])[] = [
  [{}, [1, 7, 6, 2, 3, 9, 10, 11, 4, 8, 5, 40]],
  [{ levels: ["error"] }, [2, 3, 4, 5]],
  [{ groups: [HOSTILE_GROUP] }, [40]],
  [{ groups: [ORDERS], levels: ["error", "info"] }, [1, 2, 3, 4, 5]],
  [{ statuses: ["5xx"] }, [4, 5, 2]],
  [{ text: "card expired", groups: [ORDERS] }, [2, 3]],
  [{ filters: [{ field: "status", value: "404", isExcluded: true }], groups: [ORDERS] }, [1, 2, 4, 5, 6]],
];

/** Texts that a query language would not parse, fields that no index has, and values of other types than the fields'. */
const HOSTILE: readonly Partial<EventSearch>[] = [
  { text: '"((( AND ~~~ -" \\ /[/ field:* {a TO' },
  { text: "\u0000\u202e\ud800 \u001b[31m" },
  { text: "a* ".repeat(30) },
  { groups: ['"*'], levels: ["\\", "{"] },
  { statuses: ["404", "1xx"] },
  { filters: [{ field: "a^b*", value: "x", isExcluded: false }] },
  { filters: [{ field: "@timestamp", value: "never", isExcluded: true }] },
  { filters: [{ field: "status", value: "no number", isExcluded: false }] },
];

/** Expects that the page's search finds what `forwardSearched` has put. @param now when that was */
export async function expectPageSearch({ url: endpoint }: Engine, now: number): Promise<void> {
  const engine = engineSearch({ endpoint, indexPattern: "cwl-*-20*.*.*" });
  const fields = indexFieldsOf(engine);
  const find = (search: Partial<EventSearch>) =>
    findEvents(engine, fields, { search: { ...defaultView(), from: "now-4h", ...search }, columns: ["status"] }, now);
  const numbers = (ids: readonly string[]) => ids.map((id) => Number(eventIdOf(id))).sort((a, b) => a - b);
  const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

  for (const [search, expected] of FOUND) {
    const { rows, summary, notes } = await find(search);
    expect([search, numbers(rows.map(({ id }) => id))]).toEqual([search, sorted(expected)]);
    const { total, histogram } = summary!;
    expect([total, histogram.total.reduce((sum, count) => sum + count, 0)]).toEqual([rows.length, rows.length]);
    expect(notes).toEqual([]);
  }
  for (const search of HOSTILE) expect([search, (await find(search)).notes]).toEqual([search, []]);

  const { summary, rows } = await find({ levels: ["error"] });
  expect(summary!.histogram.errors).toEqual(summary!.histogram.total);
  // What another choice would find.
  expect(summary!.levels).toContainEqual({ value: "info", count: 2 });
  expect(summary!.groups[0]).toEqual({ value: ORDERS, count: 4 });
  expect(rows.find(({ columns }) => columns.status === "503")).toMatchObject({ level: "error", group: ORDERS });
  expect((await fields()).names).toEqual(expect.arrayContaining(["level", "message", "service.name"]));
  expect((await fields()).names).not.toContain("level.keyword");

  const known = await knownPlace(endpoint);
  expect((await openEvent(engine, known)).fields).toContainEqual({
    ...{ name: "@timestamp", value: "2026-11-21T03:00:00.000Z", kind: "text" },
  });
  const { before, event, after, hasEarlier, hasLater } = await surroundingEvents(engine, fields, known, [], 2);
  expect([before, [event], after].map((some) => some.map(({ id }) => eventIdOf(id).replace(/^0+/, "")))).toEqual([
    ["20", "21"],
    [eventIdOf(KNOWN_DOCUMENT)],
    ["22", "23"],
  ]);
  expect([hasEarlier, hasLater]).toEqual([false, false]);

  const lines: { _id: string }[] = [];
  const all = { ...defaultView(), from: "now-4h" };
  for await (const line of exportedEvents(engine, fields, all, now)) lines.push(JSON.parse(line));
  expect(numbers(lines.map(({ _id }) => _id))).toEqual(sorted(FOUND[0]![1]));
}

/** Expects that it finds log groups also while some indices have the template, and tells of those that are closed. */
export async function expectPageSearchOfOddIndices(real: Engine, now: number): Promise<void> {
  const engine = engineSearch({ endpoint: real.url, indexPattern: "cwl-*" });
  const [index, closed] = ["cwl-mapped-2026.11.28", "cwl-closed-2026.11.28"];
  const properties = { aws: { properties: { cloudwatch: { properties: { log_group: { type: "keyword" } } } } } };
  await callEngine(real, "PUT", `/${index}`, { mappings: { properties } });
  await callEngine(real, "PUT", `/${closed}`, {});
  await callEngine(real, "POST", `/${closed}/_close`);
  const event = {
    "@timestamp": new Date(now - 60_000).toISOString(),
    aws: { cloudwatch: { log_group: ORDERS, log_stream: "s" } },
    message: "mapped",
  };
  await callEngine(real, "PUT", `/${index}/_doc/a%2Fb?refresh=true`, event);

  const fields = indexFieldsOf(engine);
  const search = { ...defaultView(), from: "now-4h", groups: [ORDERS] };
  const { rows, summary, notes, isWhole } = await findEvents(engine, fields, { search, columns: [] }, now);
  expect(rows.map(({ id }) => id)).toContain("a/b");
  expect([rows.length, summary!.groups[0]]).toEqual([7, { value: ORDERS, count: 7 }]);
  expect([isWhole, notes]).toEqual([true, [expect.stringContaining(`closed indices hold (${closed})`)]]);
  const around = await surroundingEvents(engine, fields, { index, id: "a/b" }, [], 1);
  expect([around.event.message, around.before, around.after]).toEqual(["mapped", [], []]);
  for (const name of [index, closed]) await callEngine(real, "DELETE", `/${name}`);
}

async function knownPlace(endpoint: string): Promise<{ index: string; id: string }> {
  const response = await fetch(`${endpoint}/cwl-*/_search?q=_id:${encodeURIComponent(KNOWN_DOCUMENT)}`);
  const { hits } = (await response.json()) as { hits: { hits: { _index: string; _id: string }[] } };
  const { _index: index, _id: id } = hits.hits[0]!;
  return { index, id };
}

import fc from "fast-check";
import {
  DEFAULT_COLUMNS,
  defaultView,
  queryOfView,
  type SearchView,
  viewOfQuery,
} from "../../../../local/page/shared/search-view";

const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((value) => value.toWellFormed());
const name = text.filter((value) => value !== "");
const names = fc.uniqueArray(name, { maxLength: 4 });

const views: fc.Arbitrary<SearchView> = fc
  .record({
    ...{ from: text, to: text, text, groups: names, levels: names, statuses: names },
    filters: fc.uniqueArray(fc.record({ field: name, value: text, isExcluded: fc.boolean() }), {
      maxLength: 4,
      selector: (filter) => JSON.stringify(filter),
    }),
    columns: fc.oneof(fc.constant(DEFAULT_COLUMNS), names),
    event: fc.option(fc.record({ index: name, id: text }), { nil: undefined }),
    isAround: fc.boolean(),
    isLive: fc.boolean(),
  })
  // Neighbours are those of an event.
  .map((view) => ({ ...view, isAround: view.isAround && view.event !== undefined }));

describe("the URL of a search", () => {
  it("holds all that is shown", () => {
    fc.assert(fc.property(views, (view) => expect(viewOfQuery(queryOfView(view))).toEqual(view)));
  });

  it("is the same for the same view", () => {
    fc.assert(fc.property(views, (view) => queryOfView(viewOfQuery(queryOfView(view))) === queryOfView(view)));
  });

  it("is empty for the last 15 minutes", () => {
    expect(queryOfView(defaultView())).toBe("");
    expect(viewOfQuery("")).toEqual(defaultView());
  });

  it("is read whatever a person makes of it", () => {
    const parameters = fc.constantFrom(
      "q",
      "from",
      "group",
      "is",
      "not",
      "event",
      "column",
      "around",
      "live",
      "%",
      "&=",
    );
    const values = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("%", "%E0:", ":", "a:b:c", "%2", ""));
    const queries = fc
      .array(fc.tuple(parameters, values))
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
    fc.assert(
      fc.property(queries, (query) => {
        const view = viewOfQuery(query);
        expect(viewOfQuery(queryOfView(view))).toEqual(view);
      }),
    );
  });

  it("says that there is no column", () => {
    expect(queryOfView({ ...defaultView(), columns: [] })).toBe("column=");
  });
});

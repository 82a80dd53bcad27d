import type { PutEvent } from "../../../local/log-events/put";
import type { ArchivedObject } from "../../../local/report/archive";
import { deliveryOf, isComplete } from "../../../local/report/delivery";
import type { FoundDocument } from "../../../local/report/search";

const put = (...ids: string[]): PutEvent[] =>
  ids.map((id) => ({ id, logGroup: "foo", logStream: "s", timestamp: 1, message: id }));
const found = (...ids: string[]): FoundDocument[] =>
  ids.map((_id) => ({ _index: "cwl-foo-2026.11.21", _id, _source: {} }));
const archived = (logGroup: string, ...ids: string[]): ArchivedObject => ({
  key: `archive/${ids.join()}`,
  bytes: 100,
  envelopes: [{ logGroup, logStream: "s", logEvents: ids.map((id) => ({ id, timestamp: 1, message: id })) }],
});

describe("deliveryOf", () => {
  it("counts what was put, indexed and archived", () => {
    const objects = [archived("foo", "1"), archived("foo", "2", "3"), archived("bar", "4")];
    const delivery = deliveryOf("foo", put("1", "2", "3"), found("3", "1", "2"), objects);
    expect(delivery).toEqual({
      logGroup: "foo",
      put: 3,
      indexed: 3,
      archived: 3,
      archivedObjects: 2,
      archivedBytes: 200,
      duplicates: 0,
      lost: 0,
    });
    expect(isComplete(delivery)).toBe(true);
  });

  it.each([
    ["the index lacks", found("1"), [archived("foo", "1", "2")]],
    ["the archive lacks", found("1", "2"), [archived("foo", "1")]],
    ["both lack", found("1"), [archived("foo", "1")]],
  ])("counts an event as lost that %s", (_, documents, objects) => {
    const delivery = deliveryOf("foo", put("1", "2"), documents, objects);
    expect(delivery).toMatchObject({ lost: 1, duplicates: 0 });
    expect(isComplete(delivery)).toBe(false);
  });

  it("counts further copies, in the index and in the archive", () => {
    const objects = [archived("foo", "1"), archived("foo", "1"), archived("foo", "1")];
    const delivery = deliveryOf("foo", put("1"), found("1", "1"), objects);
    expect(delivery).toMatchObject({ indexed: 1, archived: 1, duplicates: 3, lost: 0 });
    expect(isComplete(delivery)).toBe(false);
  });
});

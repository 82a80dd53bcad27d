import { deliveryOf, isComplete } from "../../../local/delivery/delivery";
import { FoundEvents } from "../../../local/delivery/found-events";
import { idOfEvent, ledgerOf } from "../../support/ledger";

const ledger = ledgerOf([
  { logGroup: "foo", first: 1, count: 2 },
  { logGroup: "bar", first: 3, count: 1 },
  { logGroup: "foo", first: 10, count: 1 },
]);

function deliver(inIndex: readonly number[], inArchive: readonly number[], logGroup = "foo") {
  const [index, found] = [new FoundEvents(ledger), new FoundEvents(ledger)];
  index.add(inIndex.map(idOfEvent));
  found.add(inArchive.map(idOfEvent));
  return deliveryOf(logGroup, ledger, index, { found, sizeOf: () => ({ objects: 2, bytes: 200 }) });
}

describe("deliveryOf", () => {
  it("counts what was put, indexed and archived", () => {
    const delivery = deliver([10, 1, 3, 2], [1, 2, 3, 10]);
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
    ["the index lacks", [1, 2], [1, 2, 10]],
    ["the archive lacks", [1, 2, 10], [1, 2]],
    ["both lack", [1, 2], [1, 2]],
  ])("counts an event as lost that %s", (_, inIndex, inArchive) => {
    const delivery = deliver(inIndex, inArchive);
    expect(delivery).toMatchObject({ lost: 1, duplicates: 0 });
    expect(isComplete(delivery)).toBe(false);
    expect(deliver([...inIndex, 3], [...inArchive, 3], "bar")).toMatchObject({ put: 1, lost: 0 });
  });

  it("counts additional copies in the index and in the archive", () => {
    const delivery = deliver([1, 1, 2, 10, 3, 3], [1, 2, 2, 10, 2]);
    expect(delivery).toMatchObject({ indexed: 3, archived: 3, duplicates: 3, lost: 0 });
    expect(isComplete(delivery)).toBe(false);
  });

  it("does not count events from elsewhere", () => {
    expect(deliver([1, 2, 10, 4, 4, 99], [1, 2, 10, 5, 5])).toMatchObject({ indexed: 3, archived: 3, duplicates: 0 });
  });
});

import { CopiesById, copiesText } from "../../../soak/applications/copies-by-id";
import { countedOf } from "../../../soak/audit/verdict";

function copiesOf(...lines: readonly (readonly [message: string, id: string])[]): CopiesById {
  const copies = new CopiesById();
  for (const [message, id] of lines) copies.add({ message, "event.id": id });
  return copies;
}

describe("copies by event.id", () => {
  it("are one line, however often it is there, and counted", () => {
    const copies = copiesOf(["a", "1"], ["b", "2"], ["a", "1"], ["a", "1"]);
    expect(copies.names).toEqual(["a", "b"]);
    expect(copiesText("Search", copies)).toBe(
      "Search has 4 for 2 lines: 1 of them more than once, each time with the same event.id.",
    );
    expect(countedOf("lines", { put: ["a", "b"], found: copies.names }).row).toMatchObject({ duplicated: 0, lost: 0 });
  });

  it("are several where a line has another id the second time, which the verdict calls duplicated", () => {
    const { names } = copiesOf(["a", "1"], ["a", "2"]);
    expect(countedOf("lines", { put: ["a"], found: names }).row).toMatchObject({ duplicated: 1, lost: 0 });
  });

  it("reads the id of a document that has event as an object, too", () => {
    const copies = copiesOf(["a", "1"]);
    copies.add({ message: "a", event: { id: "1" } });
    expect(copies.names).toEqual(["a"]);
    expect([copies.repeated, copies.further]).toEqual([1, 1]);
  });
});

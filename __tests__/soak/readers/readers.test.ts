import { ARCHIVE_QUERIES } from "../../../core/settings/archive-queries";
import { queryArchive } from "../../../soak/readers/query-archive";
import { lineMistakes } from "../../../soak/readers/read-archive";

it("names the objects in which a reader found other numbers of lines", () => {
  expect(lineMistakes("zcat", ["a", "b", "c"], [1, 2, 3], [1, 0])).toEqual([
    "zcat finds 0 lines of 2 in b",
    "zcat finds undefined lines of 3 in c",
  ]);
});

describe("queryArchive", () => {
  const answering = (events: number, fails?: string) => (args: readonly string[]) =>
    Promise.resolve({
      exitCode: args.includes(fails ?? "") ? 1 : 0,
      lines: ["2 objects", args[0] === "--saved" ? '{"a":1}' : `{"events":${events}}`],
    });

  it("runs every saved query, and counts the events", async () => {
    const { notes, mistakes } = await queryArchive(7, answering(7));
    expect(mistakes).toEqual([]);
    for (const { name } of ARCHIVE_QUERIES) expect(notes[0]).toContain(`${name} 1`);
  });

  it("says which query fails, and that events are missing", async () => {
    const { mistakes } = await queryArchive(8, answering(7, "denied-calls"));
    expect(mistakes).toEqual([
      expect.stringMatching(/^--saved denied-calls: exit status 1\n2 objects/),
      expect.stringContaining('{"events":7}; the archive has 8'),
    ]);
  });
});

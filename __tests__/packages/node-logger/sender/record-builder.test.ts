import fc from "fast-check";
import { type BuiltRecord, RecordBuilder } from "../../../../packages/node-logger/src/sender/record-builder";

/** Short ones, and ones that take up to three times as many bytes as they have characters. */
const line = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc
    .tuple(fc.constantFrom("a", "é", "€", "\u{1F600}"), fc.integer({ min: 1, max: 9_000 }))
    .map(([c, n]) => c.repeat(n)),
);

describe("a builder of records", () => {
  it("keeps all lines in their order, in records that are as full as may be, whatever their characters", () => {
    const size = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), size, size, (lines, first, second) => {
        const builder = new RecordBuilder(first);
        const built: (BuiltRecord & { maxBytes: number; isTaken?: boolean })[] = [];
        const keep = (records: readonly BuiltRecord[], isTaken = false) =>
          built.push(...records.map((record) => ({ ...record, maxBytes: builder.maxBytes, isTaken })));
        const take = () =>
          keep(
            [builder.take()].filter((record) => record !== undefined),
            true,
          );
        for (const [i, text] of lines.entries()) {
          // With gzip, the size changes.
          if (i === 30) {
            take();
            builder.maxBytes = second;
          }
          keep(builder.add(text));
        }
        take();
        expect(Buffer.concat(built.map(({ data }) => data)).toString()).toBe(lines.map((text) => `${text}\n`).join(""));
        for (const [i, { data, lines: count, maxBytes, isTaken }] of built.entries()) {
          expect(data.toString().split("\n").length - 1).toBe(count);
          expect(count === 1 || data.length <= maxBytes).toBe(true);
          // The next one's first line had no room.
          if (!isTaken)
            expect(data.length + (built[i + 1]?.data.indexOf(10) ?? maxBytes) + 1).toBeGreaterThan(maxBytes);
        }
      }),
    );
  });
});

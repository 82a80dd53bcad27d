import { acquire, release } from "../../../../core/sinks/opensearch/buffer-pool";
import { bodyOf, bodyOfItems, itemsOf } from "../../../../core/sinks/opensearch/bulk-request";
import { type Lines, pack } from "../../../../core/sinks/opensearch/pack";
import { linesOf } from "../../../support/delivery";

/** One record's events, each so many bytes of a letter of its own. */
function lines(record: number, ...lengths: number[]): Lines {
  const text = lengths.map((length, n) => String.fromCharCode(97 + n).repeat(length));
  let end = 0;
  return { record, position: 0, buffer: Buffer.from(text.join("")), ends: lengths.map((length) => (end += length)) };
}

describe("pack", () => {
  it("fills bodies up to the limit, across records, in order", () => {
    const requests = [...pack([lines(0, 3, 3, 3), lines(1, 1, 4)], 7)].map(itemsOf);
    expect(requests.map((items) => items.map(linesOf))).toEqual([["aaa", "bbb"], ["ccc", "a"], ["bbbb"]]);
    expect(requests.flat().map(({ record, position }) => [record, position])).toEqual([
      ...[
        [0, 0],
        [0, 1],
        [0, 2],
      ],
      ...[
        [1, 0],
        [1, 1],
      ],
    ]);
  });

  it("gives an event beyond the limit a body of its own", () => {
    const requests = [...pack([lines(0, 1, 20, 1)], 7)].map(itemsOf);
    expect(requests.map((items) => items.map(linesOf))).toEqual([["a"], ["b".repeat(20)], ["c"]]);
  });

  it("copies lines before it yields a request, so that their buffer can be reused", () => {
    const buffer = Buffer.alloc(6);
    function* each() {
      yield { record: 0, position: 0, buffer: buffer.fill("a"), ends: [3, 6] };
      yield { record: 1, position: 0, buffer: buffer.fill("b"), ends: [6] };
    }
    const sent = [...pack(each(), 3)].map((request) => bodyOf(request).toString());
    expect(sent).toEqual(["aaa", "aaa", "bbbbbb"]);
  });
});

describe("bodyOfItems", () => {
  const [request] = [...pack([lines(0, 1, 2, 3)], 100)];
  const items = itemsOf(request!);

  it("sends items that follow one another without a copy", () => {
    expect(bodyOfItems(items).toString()).toBe("abbccc");
    expect(bodyOfItems(items.slice(1)).buffer).toBe(request!.buffer.buffer);
  });

  it("sends any items, in their order", () => {
    expect(bodyOfItems([items[2]!, items[0]!]).toString()).toBe("ccca");
  });
});

describe("acquire", () => {
  it("reuses a buffer that was released, and none that is in use", () => {
    const [request] = [...pack([lines(0, 1)], 1234)];
    expect(acquire(1234)).not.toBe(request!.buffer);
    release(request!.buffer, 1234);
    expect(acquire(1234)).toBe(request!.buffer);
  });
});

import { resumed } from "../../replay/resumed";
import { emptyTally } from "../../replay/sinks/sink";

const tally = (found: number, delivered = 0, alreadyIndexed = 0, rejected = 0, dropped = 0) => ({
  ...{ found, delivered, alreadyIndexed, rejected, dropped },
});
const ENDPOINT = { isThrough: true, detectsDuplicates: true };
const STREAM = { isThrough: true, detectsDuplicates: false };

describe("resumed", () => {
  it.each([
    ["an object that no run has begun before", emptyTally(), tally(9, 6, 2, 1), tally(9, 6, 2, 1)],
    ["what an earlier run delivered, and this one finds present", tally(9, 4), tally(9, 5, 4), tally(9, 9)],
    ["what was present before either run", tally(9, 2, 1), tally(9, 5, 4), tally(9, 7, 2)],
    ["what has left the index since", tally(9, 4), tally(9, 9), tally(9, 9)],
    ["what is rejected each time", tally(9, 8, 0, 1), tally(9, 0, 8, 1), tally(9, 8, 0, 1)],
    ["what rules drop each time", tally(9, 6, 0, 1, 2), tally(9, 0, 6, 1, 2), tally(9, 6, 0, 1, 2)],
    ["what was rejected before the mapping was fixed", tally(9, 8, 0, 1), tally(9, 1, 8), tally(9, 9)],
  ])("counts once, after the whole object was read, %s", (_, before, run, known) => {
    expect(resumed(before, run, ENDPOINT)).toEqual(known);
  });

  it("counts an event once that a stream gets twice", () => {
    expect(resumed(tally(9, 4), tally(9, 9), STREAM)).toEqual(tally(9, 9));
    expect(resumed(tally(9, 4), tally(9, 6), { ...STREAM, isThrough: false })).toEqual(tally(9, 6));
    expect(resumed(tally(9, 6), tally(5, 4), { ...STREAM, isThrough: false })).toEqual(tally(9, 6));
  });

  it.each([
    ["got further than the ones before", tally(5, 2), tally(9, 3, 2), tally(9, 5)],
    ["got less far", tally(9, 5, 1), tally(5, 0, 5), tally(9, 5, 1)],
    ["read nothing", tally(9, 5, 1, 1, 1), emptyTally(), tally(9, 5, 1, 1, 1)],
    ["got further among what rules drop", tally(5, 2, 0, 0, 2), tally(9, 3, 2, 0, 3), tally(9, 5, 0, 0, 3)],
    ["delivers what had left the index", tally(9, 9), tally(9, 9), tally(9, 9)],
  ])(
    "counts no fewer events of an unfinished object, and no more than were found, when a run %s",
    (_, before, run, known) => {
      expect(resumed(before, run, { ...ENDPOINT, isThrough: false })).toEqual(known);
    },
  );
});

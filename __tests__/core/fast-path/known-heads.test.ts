import { KnownHeads } from "../../../core/fast-path/known-heads";
import { MessageParsing } from "../../../core/parsers/message-parsing";
import { fast, plain } from "../../support/both-paths";
import { envelope, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";

const START = '{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"';
const CONTEXT = { region: "eu-central-1", layouts: CWL, parsing: undefined };

describe("KnownHeads", () => {
  it("remembers log groups, whatever their order and that of their log streams", () => {
    const heads = new KnownHeads();
    const all = [...Array(500).keys()].map((n) => [`${START}/group-${n % 250}`, `stream-${n}`] as const);
    const first = all.map((one) => heads.of(...one, CONTEXT));
    expect(first[260]).toMatchObject({ owner: "111111111111", logGroup: "/group-10", logStream: "stream-260" });
    expect(first[260]!.prefix).toBe(first[10]!.prefix);
    expect(all.map((one) => heads.of(...one, CONTEXT))).toEqual(first);
    expect(all.every((one, n) => heads.of(...one, CONTEXT).prefix === first[n]!.prefix)).toBe(true);
  });

  it("forgets the first of more than 1,024", () => {
    const heads = new KnownHeads();
    const known = [...Array(1025).keys()].map((n) => heads.of(`${START}/group-${n}`, "s", CONTEXT));
    expect(heads.of(`${START}/group-1`, "s", CONTEXT).prefix).toBe(known[1]!.prefix);
    expect(heads.of(`${START}/group-0`, "s", CONTEXT).prefix).not.toBe(known[0]!.prefix);
  });

  it("forgets all that another region, layout or parsing would change", () => {
    const heads = new KnownHeads();
    const changes = [
      { region: "us-east-1" },
      { layouts: { ...CWL } },
      { parsing: new MessageParsing({ parser: "lambda", fields: [], keepMessage: false, eventOriginal: false }) },
    ];
    for (const change of changes) {
      const known = heads.of(`${START}/a`, "s", CONTEXT);
      const other = heads.of(`${START}/a`, "s", { ...CONTEXT, ...change });
      expect(other.prefix).not.toBe(known.prefix);
      expect(other.parsing !== undefined).toBe("parsing" in change);
    }
  });

  it("has no line prefix for a log stream whose name is written differently: one that is only a date", () => {
    const heads = new KnownHeads();
    expect(heads.of(`${START}/a`, "2026-11-21", CONTEXT).prefix).toBeUndefined();
    expect(heads.of(`${START}/a`, "2026/11/21/[$LATEST]0a", CONTEXT).prefix).toBeDefined();
  });
});

/** 512 characters are the most that a name may have. */
const names = ["/a", "", "the log stream", '"log_stream":"the log stream"', "ä", "a\\b", "2026-11-21", "x".repeat(512)];

describe("a known line prefix", () => {
  it.each(names)("is that of the plain path, with the log group %j and any log stream, by turns", (logGroup) => {
    for (let round = 0; round < 2; round++) {
      for (const logStream of [...names, "x".repeat(513)]) {
        for (const subscriptionFilters of [[], ["f"], ["f", "g"], ["ä"], Array(9).fill("f")]) {
          const { logEvents, ...rest } = envelope([logEvent(1), logEvent(2, '{"level":"warn"}')], {
            logGroup,
            logStream,
          });
          const text = JSON.stringify({ ...rest, subscriptionFilters, logEvents });
          const expected = plain(text);
          if (logStream.length <= 512) expect(fast(text)).toEqual(expected);
          else expect(fast(text)).toBeUndefined();
        }
      }
    }
  });
});

import fc from "fast-check";
import { claimIn } from "../../../core/indices/index-claim";
import { CWL } from "../../support/layouts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const earlier = { ...CWL.current, prefix: "old-", until: 0 };
const PIPELINE = { name: "logs", layouts: { ...CWL, earlier: [earlier] } };
const OWN = { pipeline: "logs", index_prefix: "cwl-", version: 1 };

const claim = (meta: unknown) => claimIn(meta, PIPELINE, NOW);

describe("claimIn", () => {
  it.each([undefined, null, 1, "x", [], {}, { owner: "me" }, OWN, { ...OWN, index_prefix: "old-" }])(
    "leaves an index with %j to its name",
    (meta) => expect(claim(meta)).toBe("none"),
  );

  it.each([
    { ...OWN, pipeline: "logs-b" },
    { ...OWN, index_prefix: "cwl-b-" },
    { pipeline: 1 },
    { index_prefix: null },
    { ...OWN, pipeline: "logs-b", protected_until: "2020-01-01" },
  ])("sees another pipeline in %j", (meta) => expect(claim(meta)).toBe("another pipeline"));

  it.each([
    "2026-11-27",
    "2026-11-26T12:00:00.001Z",
    "for ever",
    null,
    {},
    { toString: {} },
    "week 7",
    "2020",
    "keep 1",
    "1/2/2020",
    "2026-11-26T11:00",
  ])("is protected until %j", (until) => expect(claim({ ...OWN, protected_until: until })).toBe("protected"));

  it.each(["2026-11-26", "2026-11-26T12:00:00Z", "2026-11-26T13:00:00.000+01:00"])(
    "is not protected any more after %s",
    (until) => expect(claim({ protected_until: until })).toBe("none"),
  );

  it("throws for nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (meta, until) => {
        claim(meta);
        claim({ ...OWN, protected_until: until });
      }),
    );
  });
});

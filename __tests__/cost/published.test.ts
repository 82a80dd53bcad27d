import { REGIONS } from "../../cost/prices/regions";
import { computed, PUBLISHED_FIGURES, ROUNDED_FIGURE } from "../../cost/published/figures";

const usEast1 = REGIONS.get("us-east-1")!;

describe("published figures", () => {
  it.each(
    PUBLISHED_FIGURES.filter(({ differsBecause }) => differsBecause === undefined).map((figure) => [
      `${figure.source}: ${figure.what}, $${figure.usd}`,
      figure,
    ]),
  )("are what the model computes, within 5 %%: %s", (_, { usage, usd }) => {
    const ratio = computed(usage, usEast1) / usd;
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });

  it("have a reason where they differ, and none where they do not", () => {
    const differing = PUBLISHED_FIGURES.filter(({ differsBecause }) => differsBecause !== undefined);
    expect(differing).toHaveLength(1);
    for (const { usage, usd } of differing) expect(Math.abs(computed(usage, usEast1) / usd - 1)).toBeGreaterThan(0.05);
  });

  it("come from four publishers", () => {
    expect(new Set(PUBLISHED_FIGURES.map(({ source }) => source)).size).toBe(4);
  });

  it("have the $4.11 and $82.2 that forget what Firehose rounds up, and the $9.09 that it really is", () => {
    const [small, large] = PUBLISHED_FIGURES.map(({ usage }) => computed(usage, usEast1));
    expect([small!.toFixed(2), large!.toFixed(1)]).toEqual(["4.11", "82.2"]);
    expect(computed(ROUNDED_FIGURE, usEast1).toFixed(2)).toBe("9.09");
  });
});

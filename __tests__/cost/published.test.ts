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
    expect(differing.map(({ what }) => what)).toEqual([
      "63,487 GB to the internet",
      "domain, 1,000 GB a day for 90 days",
    ]);
    for (const { usage, usd } of differing) expect(Math.abs(computed(usage, usEast1) / usd - 1)).toBeGreaterThan(0.05);
  });

  it("are of each service that a pipeline uses", () => {
    const sources = [...new Set(PUBLISHED_FIGURES.map(({ source }) => source))].join("\n");
    for (const page of [
      "Kinesis Data Streams",
      "Data Firehose",
      "CloudWatch",
      "Lambda",
      "S3",
      "Key Management Service",
    ])
      expect(sources).toMatch(new RegExp(`^(Amazon|AWS) ${page} (pricing|FAQs)`, "m"));
    expect(sources).toContain("Centralized Logging with OpenSearch");
  });

  it("have the $4.11 and $82.2 that forget what Firehose rounds up, and the $9.09 that it really is", () => {
    const [small, large] = PUBLISHED_FIGURES.map(({ usage }) => computed(usage, usEast1));
    expect([small!.toFixed(2), large!.toFixed(1)]).toEqual(["4.11", "82.2"]);
    expect(computed(ROUNDED_FIGURE, usEast1).toFixed(2)).toBe("9.09");
  });
});

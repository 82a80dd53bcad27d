import * as fc from "fast-check";
import { pipelineInputs } from "../../modules";
import { validateProps } from "../../modules/inputs/constraints";
import { camelCase } from "../../modules/inputs/schema";
import { pipelineConstraints } from "../../modules/logging-pipeline/constraints";
import { neededVcpus } from "../../sizing/domain";
import { heapGib } from "../../sizing/instances";
import { type Sizing, sizePipeline } from "../../sizing/size";
import { changesBetween } from "../../sizing/stream";
import type { SizingWorkload } from "../../sizing/workload";
import { UsageError } from "../../tools/usage/usage-error";

const SEED: SizingWorkload = {
  ...{ gbPerDay: 30, days: 30, groups: 1, eventBytes: 250, eventsPerRecord: 50, replicas: 1, zones: 3 },
  ...{ peakFactor: undefined, currentShards: undefined },
};

const sized = (workload: Partial<SizingWorkload> = {}): Sizing => sizePipeline({ ...SEED, ...workload });

/** undefined: no pipeline carries it. */
function sizedIfAny(workload: SizingWorkload): Sizing | undefined {
  try {
    return sizePipeline(workload);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return undefined;
  }
}

/** Inputs as props of the construct, with a log group that shares the stream. */
const propsOf = (inputs: object): object => ({
  ...withPropNames(inputs),
  logGroups: { "/aws/lambda/shop": { stream: "logs" } },
});

const withPropNames = (values: object): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      camelCase(name),
      typeof value === "object" && value !== null ? withPropNames(value) : value,
    ]),
  );

const anyWorkload = fc.record<SizingWorkload>({
  gbPerDay: fc.double({ min: 0.001, max: 100_000, noNaN: true }),
  days: fc.integer({ min: 1, max: 3_650 }),
  groups: fc.integer({ min: 1, max: 10_000 }),
  eventBytes: fc.integer({ min: 1, max: 1_048_576 }),
  eventsPerRecord: fc.integer({ min: 1, max: 10_000 }),
  peakFactor: fc.option(fc.double({ min: 1, max: 1_000, noNaN: true }), { nil: undefined }),
  replicas: fc.integer({ min: 0, max: 20 }),
  zones: fc.integer({ min: 1, max: 3 }),
  currentShards: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
});

/** What is proposed of each resource, as numbers of which none may fall when there is more to carry. */
const amounts = ({ storage, domain, stream }: Sizing) => ({
  storage: storage.formulaGb,
  memory: domain.node.memoryGib * domain.count,
  shards: stream.shards,
});

describe("the size of a pipeline", () => {
  it("has the storage of the seed's example: 2.7 TB for 30 GB a day and a month", () => {
    const { formulaGb, volumesGb, awsGb } = sized().storage;
    expect(formulaGb).toBeCloseTo(2_700, 6);
    // With the index of the current day.
    expect(volumesGb).toBeCloseTo(2_790, 6);
    expect(awsGb).toBeCloseTo(1_800 * 1.447, -1);
  });

  it("has AWS's own example: 66 GiB with one replica need 191 GiB", () => {
    expect(Math.round(sized({ gbPerDay: 66, days: 1 }).storage.awsGb)).toBe(191);
  });

  it("has three data nodes in three zones, with dedicated master nodes, for the seed's example", () => {
    const { domain, inputs } = sized();
    expect([domain.node.type, domain.count, domain.masterType]).toEqual(["r7g.large.search", 3, "m6g.large.search"]);
    expect(inputs).toEqual({
      streams: { logs: { shards: 4 } },
      search_domain: {
        ...{ instance_type: "r7g.large.search", instance_count: 3, availability_zones: 3 },
        ...{ volume_size_gib: 870, dedicated_master_type: "m6g.large.search" },
      },
      ...{ index_shards: 3, index_replicas: 1, index_retention_days: 30, default_index: "logs" },
    });
  });

  it("has a small domain without master nodes for a trial in one zone", () => {
    const { node, count, masterType } = sized({ gbPerDay: 1, days: 7, zones: 1 }).domain;
    expect([node.type, count, masterType]).toEqual(["t3.small.search", 2, undefined]);
  });

  it("has master nodes for many data nodes, in one zone, too", () => {
    const { node, count, masterType } = sized({ gbPerDay: 5_000, zones: 1 }).domain;
    expect(node.type).toMatch(/^r7g/);
    expect(count).toBeGreaterThan(10);
    expect(masterType).toBeDefined();
  });

  it("has larger master nodes for more data nodes", () => {
    const masters = [30, 2_000, 8_000].map((gbPerDay) => sized({ gbPerDay }).domain);
    expect(masters.map(({ masterType }) => masterType)).toEqual([
      "m6g.large.search",
      "c6g.2xlarge.search",
      "r6g.xlarge.search",
    ]);
  });

  it("has an index for each log group if the heap carries their shards, and one for all if not", () => {
    const few = sized({ groups: 3 });
    expect([few.domain.indices.perDay, few.inputs.default_index]).toEqual([3, undefined]);
    const many = sized({ groups: 300 });
    expect([many.domain.indices.perDay, many.inputs.default_index]).toEqual([1, "logs"]);
  });

  it("has four shards for a peak that is unknown, and one where little is known to come", () => {
    expect(sized({ gbPerDay: 0.1 }).stream.shards).toBe(4);
    expect(sized({ gbPerDay: 0.1, peakFactor: 10 }).stream.shards).toBe(1);
  });

  it("has a shard for each megabyte and each thousand records", () => {
    // 1 MB a second, of which 0.3 MB are left.
    const second = { gbPerDay: 86.4, peakFactor: 10 };
    expect(sized(second).stream).toMatchObject({ shards: 3, megabytesPerSecond: 3 });
    // 40,000 events.
    expect(sized({ ...second, eventsPerRecord: 1 }).stream.shards).toBe(40);
  });

  it("rejects what no domain and no stream carries, with both reasons", () => {
    expect(() => sized({ gbPerDay: 1_000_000, peakFactor: 100 })).toThrow(
      /One stream would need .* No domain of up to 80/s,
    );
  });

  it("tells the quotas that it takes, and those beyond which it goes", () => {
    const { quotas } = sized({ gbPerDay: 10_000, days: 1, peakFactor: 40, eventBytes: 1_000 });
    const beyond = quotas.filter(({ share }) => share > 1).map(({ rule }) => rule);
    expect(beyond).toEqual(["accountShards", "concurrency"]);
  });

  it("never falls when there is more a day, or for more days", () => {
    const more = fc.record({
      gbPerDay: fc.double({ min: 0, max: 10_000, noNaN: true }),
      days: fc.integer({ min: 0, max: 365 }),
    });
    fc.assert(
      fc.property(anyWorkload, more, (workload, { gbPerDay, days }) => {
        const small = sizedIfAny(workload);
        const large = sizedIfAny({
          ...workload,
          gbPerDay: workload.gbPerDay + gbPerDay,
          days: workload.days + days,
        });
        // What carries more carries less.
        if (!large) return;
        expect(small).toBeDefined();
        const [less, atLeast] = [amounts(small!), amounts(large)];
        for (const name of Object.keys(less) as (keyof typeof less)[])
          expect(less[name]).toBeLessThanOrEqual(atLeast[name]);
      }),
    );
  });

  it("has room for all that it says is needed", () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const sizing = sizedIfAny(workload);
        if (!sizing) return;
        const { node, count, volumeGib, indices } = sizing.domain;
        expect(volumeGib * count * 2 ** 30).toBeGreaterThanOrEqual(sizing.storage.volumesGb * 1e9 * (1 - 1e-9));
        expect(indices.shards).toBeLessThanOrEqual(25 * heapGib(node) * count);
        expect(indices.shardGb).toBeLessThanOrEqual(50);
        expect(count).toBeGreaterThan(workload.replicas);
        expect(node.vcpus * count).toBeGreaterThanOrEqual(neededVcpus(workload));
      }),
    );
  });

  it("never proposes what the module rejects", () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const sizing = sizedIfAny(workload);
        if (sizing) validateProps("sizing", pipelineInputs, pipelineConstraints, propsOf(sizing.inputs));
      }),
    );
  });

  it.each([0.001, 1, 30, 600, 8_000])("proposes what the module accepts: %d GB a day", (gbPerDay) => {
    for (const zones of [1, 2, 3]) {
      for (const replicas of [0, 1, 2, 5]) {
        for (const groups of [1, 40]) {
          const { inputs } = sized({ gbPerDay, zones, replicas, groups });
          validateProps("sizing", pipelineInputs, pipelineConstraints, propsOf(inputs));
        }
      }
    }
  });

  it("is checked by the module's own rules", () => {
    const { search_domain } = sized().inputs;
    const wrong = { ...sized().inputs, search_domain: { ...Object(search_domain), instance_count: 4 } };
    expect(() => validateProps("sizing", pipelineInputs, pipelineConstraints, propsOf(wrong))).toThrow(
      /multiple of availabilityZones/,
    );
  });
});

describe("the changes of a stream's shards", () => {
  it("double at most, and halve at most", () => {
    expect(changesBetween(1, 9)).toEqual([2, 4, 8, 9]);
    expect(changesBetween(9, 2)).toEqual([5, 3, 2]);
    expect(changesBetween(4, 4)).toEqual([]);
  });

  it("take two days where more than ten are needed", () => {
    const { stream } = sized({ gbPerDay: 9_000, peakFactor: 40, currentShards: 1 });
    expect(stream.changes).toHaveLength(11);
    expect(stream.changeDays).toBe(2);
  });

  it("end at the target, whatever both are", () => {
    const count = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(count, count, (current, target) => {
        const all = [current, ...changesBetween(current, target)];
        expect(all.at(-1)).toBe(target);
        for (const [i, shards] of all.slice(1).entries()) {
          expect(shards).toBeLessThanOrEqual(all[i]! * 2);
          expect(shards * 2).toBeGreaterThanOrEqual(all[i]!);
        }
      }),
    );
  });
});

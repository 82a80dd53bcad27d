import * as fc from "fast-check";
import { pipelineInputs } from "../../modules";
import { validateProps } from "../../modules/inputs/constraints";
import { camelCase } from "../../modules/inputs/schema";
import { pipelineConstraints } from "../../modules/logging-pipeline/constraints";
import { heapGib } from "../../sizing/instances";
import { type Sizing, sizePipeline } from "../../sizing/size";
import { changesBetween } from "../../sizing/stream";
import type { SizingWorkload } from "../../sizing/workload";
import { UsageError } from "../../tools/usage/usage-error";

const SEED: SizingWorkload = {
  ...{ gbPerDay: 30, days: 30, groups: 1, eventBytes: 250, eventsPerRecord: 50, compressedTo: 0.3, replicas: 1 },
  ...{ zones: 3, peakFactor: undefined, currentShards: undefined },
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
  compressedTo: fc.double({ min: 0.01, max: 1, noNaN: true }),
  peakFactor: fc.option(fc.double({ min: 1, max: 1_000, noNaN: true }), { nil: undefined }),
  replicas: fc.integer({ min: 0, max: 20 }),
  zones: fc.integer({ min: 1, max: 3 }),
  currentShards: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
});

/** vCPUs that indexing takes half of, at the peak. */
const indexingVcpus = ({ gbPerDay, eventBytes, peakFactor = 4, replicas }: SizingWorkload): number => {
  const eventsPerSecond = (gbPerDay * 1e9 * peakFactor) / 86_400 / eventBytes;
  const seconds = eventsPerSecond * Math.max(20e-6, eventBytes * 40e-9) * (1 + replicas);
  return 2 * seconds * (1 - 1e-9);
};

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
        ...{ volume_size_gib: 890, dedicated_master_type: "m6g.large.search" },
      },
      ...{ index_shards: 2, index_replicas: 1, index_retention_days: 30, default_index: "logs" },
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

  it("has an index for each log group if vCPUs and heap carry their shards, and one for all if not", () => {
    const perDay = (workload: Partial<SizingWorkload>) => {
      const { domain, inputs } = sized(workload);
      expect(inputs.default_index).toBe(domain.indices.perDay === 1 ? "logs" : undefined);
      return domain.indices.perDay;
    };
    // 8 shards of 24 vCPUs, and 3 nodes of 2 vCPUs for the 4 shards of a shared index.
    expect(perDay({ gbPerDay: 60, days: 90, groups: 4 })).toBe(4);
    expect(perDay({ groups: 3 })).toBe(1);
    // 600 shards are what the heap of 3 nodes carries.
    const small = { gbPerDay: 0.1, groups: 2, replicas: 0 };
    expect(perDay({ ...small, days: 299 })).toBe(2);
    expect(perDay({ ...small, days: 300 })).toBe(1);
  });

  it("has a multiple of the data nodes in shards where the vCPUs carry them", () => {
    // 4 shards of the index of a day have 1.5 of 6 vCPUs each; with 3 primary shards there would be 6.
    expect(sized().domain).toMatchObject({ count: 3, indices: { primaryShards: 2 } });
    expect(sized({ replicas: 0 }).domain).toMatchObject({ count: 3, indices: { primaryShards: 3 } });
  });

  it("has no index of more than 1,024 shards", () => {
    const large = { gbPerDay: 25_600, replicas: 0, days: 1 };
    const { count, indices } = sized(large).domain;
    // 43 on each of the data nodes would be more.
    expect([count, indices.primaryShards]).toEqual([24, 1_024]);
    expect(() => sized({ ...large, gbPerDay: 25_601 })).toThrow(/No domain/);
    expect(sized({ ...large, gbPerDay: 25_601, groups: 2 }).domain.indices).toMatchObject({
      perDay: 2,
      primaryShards: 513,
    });
  });

  it("has room for a day's shards on each data node, even if they are few", () => {
    // 4 shards of 24 GB, of two days: one of 3 data nodes has 2 of them, and 25 % free: 60 GB.
    expect(sized({ gbPerDay: 20, days: 1 }).domain).toMatchObject({ count: 3, volumeGib: 60 });
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
    expect(sized({ ...second, compressedTo: 0.8 }).stream.shards).toBe(8);
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

  it("keeps each of its rules, whatever the workload", () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const sizing = sizedIfAny(workload);
        if (!sizing) return;
        const { node, count, volumeGib, masterType } = sizing.domain;
        const { index_shards: primaries, default_index } = sizing.inputs as { [name: string]: number };
        const indicesPerDay = default_index === undefined ? workload.groups : 1;
        const copies = 1 + workload.replicas;
        const writtenGb = workload.gbPerDay * 1.2;
        const active = indicesPerDay * primaries! * copies;
        const all = active * (workload.days + 1);
        const shardGb = writtenGb / indicesPerDay / primaries!;

        expect(node.vcpus * count).toBeGreaterThanOrEqual(1.5 * active);
        expect(node.vcpus * count).toBeGreaterThanOrEqual(indexingVcpus(workload));
        expect(all).toBeLessThanOrEqual(25 * heapGib(node) * count);
        expect(primaries).toBeLessThanOrEqual(1_024);
        expect(shardGb).toBeLessThanOrEqual(30);
        if (primaries! > 1) expect(shardGb).toBeGreaterThanOrEqual(10);
        expect(volumeGib * 2 ** 30).toBeGreaterThanOrEqual(Math.ceil(all / count) * shardGb * 1.25e9 * (1 - 1e-9));
        expect(volumeGib * count * 2 ** 30).toBeGreaterThanOrEqual(sizing.storage.volumesGb * 1e9 * (1 - 1e-9));
        expect(volumeGib).toBeLessThanOrEqual(node.maxVolumeGib);
        expect(count).toBeGreaterThanOrEqual(copies);
        expect(count % workload.zones).toBe(0);
        expect(count).toBeLessThanOrEqual(node.type.startsWith("t3") ? 10 : 80);
        if (workload.zones > 1 || count > 10) expect(masterType).toBeDefined();
        if (workload.zones > 1) expect(node.type).not.toMatch(/^t3/);
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

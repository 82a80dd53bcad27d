import type { Bucket } from "../../../archive/bucket";
import { datedPrefixes } from "../../../replay/kinds/dated-prefixes";
import { keyTime } from "../../../replay/kinds/key-time";

const at = (time: string) => Date.parse(time);
const TWO_DAYS = { fromMs: at("2026-11-20T00:00:00Z"), toMs: at("2026-11-21T01:00:00Z") };

/** A bucket of these keys, in pages of two. */
function bucketOf(keys: readonly string[]) {
  let requests = 0;
  const bucket: Pick<Bucket, "level"> = {
    async *level(prefix, jump) {
      const names = [
        ...new Set(keys.filter((key) => key.startsWith(prefix)).map((key) => firstLevel(key, prefix))),
      ].sort();
      for (let i = 0; i < Math.max(names.length, 1); ) {
        requests++;
        const page = names.slice(i, i + 2);
        yield { folders: page.filter((name) => name.endsWith("/")), keys: page.filter((name) => !name.endsWith("/")) };
        i += 2;
        const behind = page.length > 0 && !page.at(-1)!.endsWith("/") ? jump(page.at(-1)!) : undefined;
        while (behind !== undefined && i < names.length && names[i]! <= behind) i++;
      }
    },
  };
  return { bucket, requests: () => requests };
}

const firstLevel = (key: string, prefix: string): string => {
  const slash = key.indexOf("/", prefix.length);
  return slash < 0 ? key : key.slice(0, slash + 1);
};

describe("datedPrefixes", () => {
  it.each([
    [
      "folders of days, of every account and region",
      "lb/",
      [
        "lb/AWSLogs/1/elasticloadbalancing/eu-central-1/2026/11/20/x.log.gz",
        "lb/AWSLogs/1/elasticloadbalancing/us-east-1/2025/01/01/x.log.gz",
        "lb/AWSLogs/2/elasticloadbalancing/eu-central-1/2026/11/21/x.log.gz",
        "other/AWSLogs/2/elasticloadbalancing/eu-central-1/2026/11/21/x.log.gz",
      ],
      [
        "lb/AWSLogs/1/elasticloadbalancing/eu-central-1/2026/11/20/",
        "lb/AWSLogs/1/elasticloadbalancing/eu-central-1/2026/11/21/",
        "lb/AWSLogs/2/elasticloadbalancing/eu-central-1/2026/11/20/",
        "lb/AWSLogs/2/elasticloadbalancing/eu-central-1/2026/11/21/",
      ],
    ],
    [
      "Hive's folders, and no digests of CloudTrail",
      "",
      [
        "AWSLogs/1/CloudTrail-Digest/eu-central-1/2026/11/20/x.json.gz",
        "AWSLogs/aws-account-id=1/aws-service=vpcflowlogs/aws-region=eu-central-1/year=2026/month=11/day=20/hour=01/x",
      ],
      ["20", "21"].map(
        (day) =>
          `AWSLogs/aws-account-id=1/aws-service=vpcflowlogs/aws-region=eu-central-1/year=2026/month=11/day=${day}/`,
      ),
    ],
    [
      "names of CloudFront, of each distribution",
      "cf/",
      ["cf/EAAAAAAAAAAAA1.2026-11-20-20.abc.gz", "cf/EBBBBBBBBBBBB2.2020-01-01-20.abc.gz"],
      [
        "cf/EAAAAAAAAAAAA1.2026-11-20",
        "cf/EAAAAAAAAAAAA1.2026-11-21",
        "cf/EBBBBBBBBBBBB2.2026-11-20",
        "cf/EBBBBBBBBBBBB2.2026-11-21",
      ],
    ],
    [
      "names of S3, whose prefix needs no slash",
      "logs",
      ["logs2026-11-20-21-32-16-E568B2907131C0C0"],
      ["logs2026-11-20", "logs2026-11-21"],
    ],
    ["all of a folder whose names have no dates", "app/", ["app/server.log", "app/x/server.log"], ["app/"]],
    ["nothing where nothing is", "none/", [], []],
  ])("finds %s", async (_, prefix, keys, prefixes) => {
    const found = await datedPrefixes(bucketOf(keys).bucket, prefix, TWO_DAYS);
    expect(found.sort()).toEqual([...prefixes].sort());
  });

  it("passes over all objects of a day at once", async () => {
    const keys = Array.from(
      { length: 500 },
      (_, i) => `s3/2026-11-${String(1 + (i % 5)).padStart(2, "0")}-21-32-16-${String(i).padStart(16, "0")}`,
    );
    const { bucket, requests } = bucketOf(keys);
    expect(await datedPrefixes(bucket, "s3/", TWO_DAYS)).toEqual(["s3/2026-11-20", "s3/2026-11-21"]);
    expect(requests()).toBeLessThanOrEqual(6);
  });
});

describe("keyTime", () => {
  it.each([
    [
      "a/1_elasticloadbalancing_us-east-2_app.lb.1_20220215T2340Z_172.16.1.1_20sg8hgm.log.gz",
      "2022-02-15T23:40:00.000Z",
      59_999,
    ],
    ["2026/11/20/1_network-firewall_tls_us-east-2_fw_202010011720_44442222.log.gz", "2020-10-01T17:20:00.000Z", 59_999],
    ["logs2013-11-01-21-32-16-E568B2907131C0C0", "2013-11-01T21:32:16.000Z", 999],
    ["E1.2019-11-14-20.RT4KCN4SGK9.gz", "2019-11-14T20:00:00.000Z", 3_599_999],
    ["x/2026/11/20/file", "2026-11-20T00:00:00.000Z", 86_399_999],
    ["x/year=2026/month=11/day=20/hour=01/file", "2026-11-20T00:00:00.000Z", 86_399_999],
  ])("reads the time in %s", (key, time, lastsMs) => {
    const { firstMs, lastMs } = keyTime(key)!;
    expect(new Date(firstMs).toISOString()).toBe(time);
    expect(lastMs - firstMs).toBe(lastsMs);
  });

  it.each(["server.log", "x/2026/13/45/file", "a_99999999T9999Z_b"])("finds none in %s", (key) => {
    expect(keyTime(key)).toBeUndefined();
  });
});

import { cpuSecondsIn, RequestCounts, runCostText, s3Dollars, s3RequestKind } from "../../../soak/damage/run-cost";

function requests(bytes: number, counts: Record<string, number>): RequestCounts {
  const made = new RequestCounts();
  for (const [kind, count] of Object.entries(counts)) for (let n = 0; n < count; n++) made.add(kind, 0);
  made.bytes = bytes;
  return made;
}

it("tells a listing from a GET", () => {
  expect(s3RequestKind("GET", "/soak?list-type=2&prefix=archive%2F")).toBe("LIST");
  expect(s3RequestKind("GET", "/soak/archive/2026/list-type=2.gz?x-id=GetObject")).toBe("GET");
  expect(s3RequestKind("HEAD", "/soak/archive/a.gz")).toBe("HEAD");
});

it("costs nothing to delete", () => {
  expect(s3Dollars(requests(0, { GET: 10, HEAD: 10, LIST: 2, PUT: 1, DELETE: 100 }))).toBeCloseTo(2.3e-5, 10);
});

it("says what a run took, and what a million events would take", () => {
  const cost = {
    ...{ name: "audit", events: 250_000, seconds: 10, cpuSeconds: 5 },
    ...{ s3: requests(1024 * 1024, { GET: 100, LIST: 3 }), search: requests(2 * 1024 * 1024, { POST: 9 }) },
  };
  expect(runCostText([cost])).toBe(
    `| run                  |  events |  GET | HEAD | LIST | MiB of S3 | searches | MiB of search |    s | CPU s | USD of S3 |
| -------------------- | ------: | ---: | ---: | ---: | --------: | -------: | ------------: | ---: | ----: | --------: |
| audit                | 250,000 |  100 |    0 |    3 |         1 |        9 |             2 |   10 |     5 |    0.0001 |
| for a million events |         |  400 |    0 |   12 |         4 |       36 |             8 |   40 |    20 |    0.0002 |`,
  );
});

describe("cpuSecondsIn", () => {
  it("adds up what a shell says of its children, as dash and as bash do", () => {
    expect(cpuSecondsIn(["{}", "0m0.000000s 0m0.010000s", "1m2.500000s 0m1.250000s"])).toBe(63.75);
    expect(cpuSecondsIn(["0m0.001s 0m0.002s", "0m2.000s 0m1.000s"])).toBe(3);
  });

  it("needs both lines", () => {
    expect(() => cpuSecondsIn(["0m0.001s 0m0.002s"])).toThrow("no times of the shell");
  });
});

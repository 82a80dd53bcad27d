import { formatCell } from "../../../benchmarks/report/table";
import { judged, TITLES } from "../../../benchmarks/report/targets";

const CORPORA = ["access logs (text); 640 × 50", "application logs (JSON); 640 × 50", "CloudTrail (JSON); 160 × 50"];

const judgedAs = (title: string, rows: Parameters<typeof judged>[0][string]) =>
  judged({ [title]: rows }).map(({ target, measured, met }) => `${target} | ${formatCell(measured)} | ${met}`);

describe("judged", () => {
  it("compares the core with the floor and with a naive one, corpus by corpus", () => {
    const figures = [
      { "× floor": 1.4, "× naive": 8.5 },
      { "× floor": 1.81, "× naive": 3.5 },
      { "× floor": 1.8, "× naive": 3.49 },
    ];
    const rows = CORPORA.map((batch, i) => ({ batch, ...figures[i]! }));
    const others = [
      { batch: "text, 140 B; 1 × 1", "× floor": 9, "× naive": 1 },
      { batch: "CloudTrail (JSON); 1 × 1", "× floor": 9, "× naive": 1 },
    ];
    expect(judgedAs(TITLES.core, [...rows, ...others])).toEqual([
      "access logs (text): ≤ 1.4 × floor | 1.40 | yes",
      "application logs (JSON): ≤ 1.8 × floor | 1.81 | no",
      "CloudTrail (JSON): ≤ 1.8 × floor | 1.80 | yes",
      "access logs (text): ≥ 3.5 × naive | 8.50 | yes",
      "application logs (JSON): ≥ 3.5 × naive | 3.50 | yes",
      "CloudTrail (JSON): ≥ 3.5 × naive | 3.49 | no",
    ]);
  });

  it("compares the first 1,000 events with later ones: the worse of text and JSON counts", () => {
    const column = "beyond, ms CPU";
    expect(judgedAs(TITLES.firstEvents, [{ [column]: 20 }, { [column]: 25.1 }])).toEqual([
      "first 1,000 events: ≤ 25 ms CPU beyond steady | 25.1 | no",
    ]);
  });

  it("judges a start by the slowest link", () => {
    const rows = [
      { until: "link printed", "median, s": 3, "slowest, s": 15.1 },
      { until: "page shown", "median, s": 4, "slowest, s": 99 },
    ];
    expect(judgedAs(TITLES.start, rows)).toEqual(["npm start, its link: ≤ 15 s | 15.1 | no"]);
  });

  it("compares the whole function with the core and with its requests", () => {
    const rows = CORPORA.map((batch, i) => ({ batch, "× core": 1.34 + i / 100, "beyond requests, ms": 40 }));
    const one = (kind: string, ms: number) => ({ batch: `${kind}; 1 × 1`, "× core": 20, "beyond requests, ms": ms });
    expect(
      judgedAs(TITLES.function, [
        ...rows,
        one("text, 50 B", 0.2),
        one("JSON, 50 B", 0.3),
        { ...rows[0]!, batch: "text, 50 B; 100 × 1" },
      ]),
    ).toEqual([
      "access logs (text): ≤ 1.35 × core | 1.34 | yes",
      "application logs (JSON): ≤ 1.35 × core | 1.35 | yes",
      "CloudTrail (JSON): ≤ 1.35 × core | 1.36 | no",
      "one record of one event: ≤ 0.3 ms CPU beyond the requests | 0.30 | yes",
    ]);
  });

  it("compares 500 log groups with one: the worse of text and JSON counts", () => {
    expect(judgedAs(TITLES.groups, [{ "× 1 log group": 1.31 }, { "× 1 log group": 1.2 }])).toEqual([
      "500 log groups: ≤ 1.3 × 1 log group | 1.31 | no",
    ]);
  });

  it("judges each program beside ours in both languages, where they were measured", () => {
    const row = (program: string, language: string, times: number) => ({ program, language, "× ours": times });
    const rows = [
      ...[row("ours", "JavaScript", 1), row("elb-to-es", "JavaScript", 2.9), row("elb-to-es", "Python", 3)],
      row("CLO", "JavaScript", 5.1),
    ];
    expect(judgedAs(TITLES.programs, rows)).toEqual([
      "elb-to-es in Python: ≥ 3 × ours | 3 | yes",
      "CLO in Python: ≥ 5 × ours |  | not measured",
      "elb-to-es in JavaScript: ≥ 3 × ours | 2.90 | no",
      "CLO in JavaScript: ≥ 5 × ours | 5.10 | yes",
    ]);
  });

  it("compares objects in gzip with the floor: the worst format counts", () => {
    const rows = [2.5, 3.1].map((times) => ({ object: "gzip", "× floor": times }));
    const plain = { object: "plain", "× floor": 5 };
    expect(judgedAs(TITLES.objectFormats, [...rows, plain])).toEqual(["objects in gzip: ≤ 3 × floor | 3.10 | no"]);
  });

  it("wants the same memory for an object of any size", () => {
    expect(judgedAs(TITLES.objectMemory, [{ "peak MiB": 130 }, { "peak MiB": 145 }])).toEqual([
      "objects, memory: ≤ 256 MiB | 145 | yes",
      "objects, memory: ≤ 1.1 × the smallest object's | 1.12 | no",
    ]);
  });

  it("judges cold starts on Node.js 22 only, and the bundle's size", () => {
    const started = (node: string, ms: number) => ({ node, "beyond bare, ms": ms, "bundle KB": 65 });
    const bundle = "bundle: ≤ 320 KB | 65 | yes";
    expect(judgedAs(TITLES.cold, [started("v20.20.2", 60), started("v22.23.0", 45)])).toEqual([
      "first response on Node.js 22: ≤ 45 ms beyond a bare process | 45 | yes",
      bundle,
    ]);
    expect(judgedAs(TITLES.cold, [started("v20.20.2", 60)])).toEqual([
      "first response on Node.js 22: ≤ 45 ms beyond a bare process |  | not measured",
      bundle,
    ]);
  });

  it("judges peak memory, and its growth after the first third", () => {
    const rows = [90, 100, 140, 150, 150, 165].map((rss) => ({ "RSS MiB": rss, "peak MiB": rss + 92 }));
    expect(judgedAs(TITLES.memory, rows)).toEqual([
      "peak memory: ≤ 256 MiB | 257 | no",
      "memory, last third: ≤ 1.05 × the middle third | 1.09 | no",
    ]);
  });

  it("ignores tables that no target is about", () => {
    expect(judged({ "The bundle's largest parts": [{ part: "aws4", bytes: 9000 }] })).toEqual([]);
  });
});

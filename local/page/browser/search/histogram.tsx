import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { SearchSummary } from "../../shared/search-answers";
import type { SearchPeriod } from "../../shared/search-times";
import { integerText } from "../ui/format";
import { axisTime, stepTitle } from "./times";

interface HistogramProps {
  readonly summary: SearchSummary;
  readonly period: SearchPeriod;
  /** Called with the period that was drawn with the pointer. */
  onZoom(period: SearchPeriod): void;
}

const HEIGHT = 130;

/** Between the times below the bars, in pixels: those with a day or with seconds are long. */
const labelSpace = (_: uPlot, __: number, from: number, to: number, width: number): number =>
  to - from > 86_400_000 || ((to - from) / width) * 50 < 30_000 ? 80 : 50;

/** A selection that is narrower is a click, in pixels. */
const MIN_SELECTION = 4;

/** How many events there are in each step of time: errors and warnings are the lower part of a bar. */
export function Histogram({ summary, period, onZoom }: HistogramProps) {
  const element = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  const { histogram, total } = summary;

  useEffect(() => {
    const parent = element.current!;
    let plot = draw(parent, histogram, period, (next) => zoom.current(next));
    const redraw = () => {
      plot.destroy();
      plot = draw(parent, histogram, period, (next) => zoom.current(next));
    };
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    const resized = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height: HEIGHT }));
    resized.observe(parent);
    return () => {
      scheme.removeEventListener("change", redraw);
      resized.disconnect();
      plot.destroy();
    };
  }, [histogram, period]);

  const sum = (counts: readonly number[]) => integerText(counts.reduce((all, count) => all + count, 0));
  return (
    <figure class="search-histogram">
      <div
        ref={element}
        role="img"
        aria-label={`${integerText(total)} events over time, of these ${sum(histogram.errors)} errors and ${sum(histogram.warnings)} warnings`}
      />
      <figcaption class="quiet">
        <span class="search-key total" /> events in {stepTitle(histogram.stepMs)}, UTC{" "}
        <span class="search-key warning" /> warnings <span class="search-key error" /> errors{" "}
        <span class="search-hint">Drag over the bars to zoom in.</span>
      </figcaption>
    </figure>
  );
}

/** A canvas takes colours, not variables, and none that depend on the scheme. */
function colorsOf(parent: HTMLElement): (name: string) => string {
  return (name) => {
    const probe = parent.appendChild(document.createElement("span"));
    probe.style.color = `var(${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}

function draw(
  parent: HTMLElement,
  { at, total, errors, warnings }: SearchSummary["histogram"],
  { from, to }: SearchPeriod,
  onZoom: (period: SearchPeriod) => void,
): uPlot {
  const color = colorsOf(parent);
  const bars = uPlot.paths.bars!({ size: [0.9, 40], align: 1 });
  const bar = (name: string): uPlot.Series => ({ fill: color(name), width: 0, paths: bars, points: { show: false } });
  const axis: uPlot.Axis = {
    ...{ stroke: color("--quiet"), font: "12px system-ui, sans-serif" },
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      ...{ width: parent.clientWidth, height: HEIGHT, ms: 1, legend: { show: false } },
      tzDate: (ms) => uPlot.tzDate(new Date(ms), "Etc/UTC"),
      scales: { x: { range: [from, to] }, y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] } },
      axes: [
        {
          ...{ ...axis, size: 26, space: labelSpace, grid: { show: false } },
          values: (_, times, __, ___, stepMs) => times.map((ms) => axisTime(ms, to - from, stepMs)),
        },
        { ...axis, size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] },
      ],
      series: [{}, bar("--search-bars"), bar("--search-warning"), bar("--bad")],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < MIN_SELECTION) return;
            const [first, last] = [left, left + width].map((x) => Math.round(plot.posToVal(x, "x")));
            plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
            if (last! > first!) onZoom({ from: first!, to: last! });
          },
        ],
      },
    },
    [[...at], [...total], errors.map((count, n) => count + warnings[n]!), [...errors]],
    parent,
  );
}

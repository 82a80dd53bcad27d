import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { clockTime } from "./format";

interface ChartProps {
  readonly title: string;
  /** What the title is about, for those who hear the page. */
  readonly of: string;
  /** Seconds since the epoch, ascending. */
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
  readonly marks: "bars" | "points";
}

const HEIGHT = 110;
/** The whole of it, so that it grows from the right, in seconds. */
const SPAN = 300;

export function Chart({ title, of, at, values, marks }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  useEffect(() => {
    const parent = element.current!;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(parent.clientWidth, marks), [[], []], parent);
    };
    draw();
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: parent.clientWidth, height: HEIGHT }));
    observer.observe(parent);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      observer.disconnect();
      scheme.removeEventListener("change", draw);
      plot.current?.destroy();
    };
  }, [marks]);
  useEffect(() => {
    plot.current?.setData([[...at], [...values]]);
  });
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  return (
    <figure>
      <figcaption class="quiet">{title} · UTC</figcaption>
      <div
        ref={element}
        role="img"
        aria-label={`${title}, ${of}: ${last === undefined ? "nothing yet" : `last ${last}, highest ${Math.max(...known)}`}`}
      />
    </figure>
  );
}

function optionsOf(width: number, marks: ChartProps["marks"]): uPlot.Options {
  const colour = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const resolved = (name: string) => resolve(colour(name));
  const accent = resolved("--accent");
  const axis = {
    stroke: resolved("--quiet"),
    grid: { stroke: resolved("--line"), width: 1 },
    ticks: { show: false },
    font: "11px system-ui",
  };
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    tzDate: (time) => uPlot.tzDate(new Date(time * 1_000), "Etc/UTC"),
    scales: {
      x: { range: (_, __, max) => [(max ?? 0) - SPAN, max ?? 0] },
      y: { range: (_, __, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
    },
    axes: [
      { ...axis, space: 70, size: 24, values: (_, times) => times.map(timeOfDay) },
      { ...axis, space: 28, size: 44 },
    ],
    series: [
      {},
      marks === "bars"
        ? { stroke: accent, fill: accent, paths: uPlot.paths.bars!({ size: [0.9, 100] }), points: { show: false } }
        : { stroke: accent, paths: () => null, points: { show: true, size: 5, fill: accent } },
    ],
  };
}

/** 0 → "00:00" */
const timeOfDay = (seconds: number): string => clockTime(seconds * 1_000).slice(0, 5);

/** A canvas knows no `light-dark()`. */
function resolve(colour: string): string {
  const probe = document.createElement("span");
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

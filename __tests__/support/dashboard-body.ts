/** Source of the limits: CloudWatch API Reference, "Dashboard Body Structure and Syntax"; Amazon CloudWatch User Guide, "CloudWatch search expression syntax". */
const LIMITS = { widgets: 500, width: 24, height: 1_000, linesOfGraph: 500, search: 1_024 };

const NAMES = {
  widget: ["type", "width", "height", "properties"],
  graph: ["title", "region", "view", "stacked", "stat", "period", "metrics", "yAxis"],
  axis: ["label", "min", "max", "showUnits"],
};

const SEARCH =
  /^SEARCH\('\{[A-Za-z0-9/]+(,[A-Za-z]+)+\} MetricName="[A-Za-z]+" [A-Za-z]+=[a-z0-9-]+', '(Sum|Maximum)', 300\)$/;

interface Widget {
  readonly [name: string]: unknown;
  readonly properties: { readonly [name: string]: unknown; readonly metrics: readonly (readonly unknown[])[] };
}

/** What CloudWatch would reject, or not show, in a body of graphs; [] if nothing. @param json the body */
export function problemsOfDashboard(json: string): string[] {
  const { widgets, ...others }: { widgets: readonly Widget[] } = JSON.parse(json);
  return [
    ...Object.keys(others).map((name) => `unknown: ${name}`),
    ...(widgets.length > 0 && widgets.length <= LIMITS.widgets ? [] : [`${widgets.length} widgets`]),
    ...widgets.flatMap((widget, n) => problemsOfWidget(widget).map((problem) => `widget ${n}: ${problem}`)),
  ];
}

function problemsOfWidget(widget: Widget): string[] {
  const { type, width, height, properties } = widget;
  const { title, region, view, stacked, stat, period, metrics, yAxis } = properties;
  const axes = Object.entries(Object(yAxis)).flatMap(([side, axis]) => [
    [`axis ${side}`, ["left", "right"].includes(side)] as const,
    ...Object.keys(Object(axis)).map((name) => [`axis ${side}.${name}`, NAMES.axis.includes(name)] as const),
  ]);
  const checks: readonly (readonly [what: string, isRight: boolean])[] = [
    ...Object.keys(widget).map((name) => [name, NAMES.widget.includes(name)] as const),
    ...Object.keys(properties).map((name) => [name, NAMES.graph.includes(name)] as const),
    ["type", type === "metric"],
    ["width", isWhole(width, 1, LIMITS.width)],
    ["height", isWhole(height, 1, LIMITS.height)],
    ["title", isText(title)],
    ["region", isText(region)],
    ["view", ["timeSeries", "singleValue", "gauge", "bar", "pie"].includes(String(view))],
    ["stacked", typeof stacked === "boolean"],
    ["stat", ["Sum", "Maximum", "Minimum", "Average", "SampleCount"].includes(String(stat))],
    ["period", isWhole(period, 60, 86_400) && Number(period) % 60 === 0],
    ["metrics", metrics.length > 0 && metrics.length <= LIMITS.linesOfGraph],
    ...metrics.map((line) => [`line ${JSON.stringify(line)}`, isLine(line)] as const),
    ...axes,
  ];
  return checks.filter(([, isRight]) => !isRight).map(([what]) => what);
}

/** Namespace, name, and a name and a value for each dimension; or a search. */
function isLine(line: readonly unknown[]): boolean {
  const [first] = line;
  if (typeof first !== "object") return line.length >= 2 && line.length % 2 === 0 && line.every(isText);
  const { expression, ...others } = Object(first);
  const isSearch = SEARCH.test(expression) && expression.length <= LIMITS.search;
  return line.length === 1 && Object.keys(others).length === 0 && isSearch;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const isWhole = (value: unknown, minimum: number, maximum: number): boolean =>
  Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;

import { CLF_HEADS, CLF_HTTP_TAIL, CLF_SOCKET_TAILS } from "./apigateway-clf";
import { EVIDENCE, IDS, NUMBERS, OWN, placesOfVariable, RESOURCE_PATH, requestTime } from "./apigateway-fields";
import { CSV_EXAMPLES, XML_EXAMPLE } from "./apigateway-forms";
import { fieldName } from "./field-name";
import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asInteger, asText, isAbsent } from "./field-values";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import type { DescribedParser } from "./line-description";

/** Variables as lines have them that API Gateway writes by its console's examples. Others are for the parsers of each form. */
const TIME = String.raw`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}`;
const WORD = String.raw`[^\s,"<[\]]{1,256}`;
const INTEGER = String.raw`-|\d{1,29}`;
const PATTERNS: ReadonlyMap<string, string> = new Map([
  ["request_time", TIME],
  ["route_key", `(?:[A-Z]{1,16} )?${WORD}`],
]);
const patternOf = (name: string): string => PATTERNS.get(name) ?? (NUMBERS.test(name) ? INTEGER : WORD);

/** The columns of some variables, and the patterns that take them. */
class Columns {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    // What `path` puts replaces what `resource_path` does.
    this.#names = [...new Set(names)].sort((a, b) => Number(b === RESOURCE_PATH) - Number(a === RESOURCE_PATH));
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** @param template in which `{name}` is a variable, and all else a pattern */
  part(template: string, next: readonly LayoutPart[] = []): LayoutPart {
    const columns: number[] = [];
    const pattern = template.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
      columns.push(this.#names.indexOf(name));
      return `(${patternOf(name)})`;
    });
    return { pattern: new RegExp(pattern, "y"), columns, next };
  }
}

const variables = (names: readonly string[], between: string): string => names.map((name) => `{${name}}`).join(between);

const END = String.raw`\s*$`;

/** @returns undefined for a line that another parser has to look at, because of a text that is none of its variable's kind, too */
function layoutParser(columns: Columns, parts: readonly LayoutPart[]): DescribedParser {
  const { names } = columns;
  const places = names.map(
    (name): readonly FieldPlace[] =>
      placesOfVariable(name) ?? [[`${OWN}.${name}`, NUMBERS.test(name) ? asInteger : asText]],
  );
  const table = new LayoutTable(places, { "event.dataset": "aws.apigateway_access" });
  const ownSlots = places.map(([[path] = [""]]) => table.slotOf(path));
  return slottedParser(
    (message) => {
      const texts: LayoutTexts = [];
      if (matchLayout(parts, message, texts) === undefined) return undefined;
      const values = table.valuesOf(texts);
      let time: number | undefined;
      for (const [i, slot] of ownSlots.entries()) {
        const text = texts[i];
        if (text === undefined || isAbsent(text)) continue;
        if (values[slot] === undefined) return undefined;
        time = requestTime(names[i]!, text) ?? time;
      }
      return { shape: table.shape, values, isJson: false, ...(time !== undefined && { time }) };
    },
    undefined,
    [{ table, parts, message: "kept" }],
  );
}

/** Parses lines of the console's examples that are no JSON, if all their variables are as API Gateway writes them. */
export const parseAccessExamples: DescribedParser = examplesParser();

function examplesParser(): DescribedParser {
  const request = [...["http_method", RESOURCE_PATH, "route_key", "protocol"], "event_type", "connection_id"];
  const columns = new Columns([...CLF_HEADS.flat(), "request_time", ...request, ...CLF_HTTP_TAIL]);
  const tail = (names: readonly string[]) => columns.part(` {1,8}${variables(names, " {1,8}")}${END}`);
  const requests = (httpTails: readonly LayoutPart[]) => [
    // A resource's path, or what is none: a route.
    columns.part(`"{http_method} (?=[^$ ]){resource_path} (?=HTTP/){protocol}"`, httpTails),
    columns.part('"{http_method} {route_key} (?=HTTP/){protocol}"', httpTails),
    columns.part('"{event_type} {route_key} (?=[^/"]{1,64}"){connection_id}"', [
      ...CLF_SOCKET_TAILS.slice(0, 2).map(tail),
      ...httpTails,
    ]),
  ];
  const clf = CLF_HEADS.map((head) => {
    // No variable comes twice.
    const tails = [CLF_HTTP_TAIL, CLF_HTTP_TAIL.slice(0, -1)].filter(
      (names) => !names.some((name) => head.includes(name)),
    );
    return columns.part(String.raw`${variables(head, " ")} \[{request_time}\] ?(?=")`, requests(tails.map(tail)));
  });
  const csv = CSV_EXAMPLES.map((names) => columns.part(`${variables(names.map(fieldName), ",")}${END}`));
  const elements = XML_EXAMPLE.map((name) => {
    const element = `<${name}>{${fieldName(name)}}</${name}> {0,8}`;
    return EVIDENCE.has(name) ? element : `(?:${element})?`;
  });
  const xml = columns.part(`<request id="{request_id}"> {0,8}${elements.join("")}</request>${END}`);
  return layoutParser(columns, [...clf, ...csv, xml]);
}

/** The same for lines of CSV by the names of their variables; undefined: some are none, or two are the same. */
export function csvAccessParser(fields: readonly string[]): DescribedParser | undefined {
  const names = fields.map(fieldName);
  const own = names.map((name) => placesOfVariable(name)?.[0][0] ?? `${OWN}.${name}`);
  const isOfAccess = [IDS, EVIDENCE].every((evidence) => names.some((name) => evidence.has(name)));
  if (names.includes("") || new Set(own).size < own.length || !isOfAccess) return undefined;
  const columns = new Columns(names);
  return layoutParser(columns, [columns.part(`${variables(names, ",")}${END}`)]);
}

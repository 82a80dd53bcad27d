/**
 * The queries that OpenSearch Dashboards makes of a DQL text: an own reading of the rules of its grammar and functions
 * (src/plugins/data/common/opensearch_query/kuery: ast/kuery.peg, functions/{is,range,exists}.ts, node_types/wildcard.ts) for fields
 * that are neither dates, nested nor scripted. Of the grammar, escapes in words and wildcards in field names are left out.
 *
 * @throws Error for a text that it does not read
 */
export function queryOfDql(text: string): object {
  const tokens = [...text.matchAll(/"((?:[^"\\]|\\["\\])*)"|<=|>=|[:<>()]|[^\s:<>()"]+/g)].map(
    ([token, quoted]): Token => ({ token, quoted: quoted?.replace(/\\(["\\])/g, "$1") }),
  );
  return new Reader(tokens).whole();
}

interface Token {
  token: string;
  quoted: string | undefined;
}

const RANGES: Record<string, string> = { "<": "lt", "<=": "lte", ">": "gt", ">=": "gte" };

class Reader {
  private at = 0;

  constructor(private readonly tokens: Token[]) {}

  whole(): object {
    if (this.tokens.length === 0) return { match_all: {} };
    const query = this.either(() => this.expression());
    if (this.at < this.tokens.length) throw new Error(`DQL: unexpected ${this.peek()}`);
    return query;
  }

  private either(one: () => object): object {
    const queries = [this.both(one)];
    while (this.takes("or")) queries.push(this.both(one));
    return queries.length === 1 ? queries[0]! : { bool: { should: queries, minimum_should_match: 1 } };
  }

  private both(one: () => object): object {
    const queries = [this.negated(one)];
    while (this.takes("and")) queries.push(this.negated(one));
    return queries.length === 1 ? queries[0]! : { bool: { filter: queries } };
  }

  private negated(one: () => object): object {
    return this.takes("not") ? { bool: { must_not: one() } } : one();
  }

  private expression(): object {
    if (this.takes("(")) return this.closed(this.either(() => this.expression()));
    const first = this.value();
    const sign = this.peek();
    if (sign === ":") {
      this.at += 1;
      if (this.takes("(")) return this.closed(this.either(() => valueQuery(first.text, this.value())));
      return valueQuery(first.text, this.value());
    }
    const range = RANGES[sign];
    if (range === undefined) return anyFieldQuery(first);
    this.at += 1;
    return {
      bool: { should: [{ range: { [first.text]: { [range]: this.value().typed } } }], minimum_should_match: 1 },
    };
  }

  private closed(query: object): object {
    if (!this.takes(")")) throw new Error("DQL: ) is missing");
    return query;
  }

  /** A quoted text; or words up to the next sign or keyword, which may be several. */
  private value(): DqlValue {
    const { quoted } = this.tokens[this.at] ?? {};
    if (quoted !== undefined) {
      this.at += 1;
      return { text: quoted, typed: quoted, isPhrase: true };
    }
    const words: string[] = [];
    while (/^(?!(and|or)$)[^:<>()"]+$/i.test(this.peek())) {
      words.push(this.peek());
      this.at += 1;
    }
    if (words.length === 0) throw new Error(`DQL: a value is missing before ${this.peek() || "the end"}`);
    const text = words.join(" ");
    return { text, typed: typedOf(text), isPhrase: false };
  }

  private peek(): string {
    return this.tokens[this.at]?.token ?? "";
  }

  private takes(word: string): boolean {
    if (this.peek().toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }
}

interface DqlValue {
  text: string;
  typed: unknown;
  isPhrase: boolean;
}

function typedOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
}

const isWildcard = ({ text, isPhrase }: DqlValue): boolean => !isPhrase && text.includes("*");

/** Of Lucene's characters, all but the wildcard are escaped. */
const queryString = (text: string): string => text.replace(/[+\-=&|!(){}[\]^"~?:\\/<> ]/g, "\\$&");

function valueQuery(field: string, value: DqlValue): object {
  const query = isWildcard(value)
    ? value.text === "*"
      ? { exists: { field } }
      : { query_string: { fields: [field], query: queryString(value.text) } }
    : { [value.isPhrase ? "match_phrase" : "match"]: { [field]: value.typed } };
  return { bool: { should: [query], minimum_should_match: 1 } };
}

function anyFieldQuery(value: DqlValue): object {
  if (isWildcard(value)) return { query_string: { query: queryString(value.text) } };
  return { multi_match: { type: value.isPhrase ? "phrase" : "best_fields", query: value.typed, lenient: true } };
}

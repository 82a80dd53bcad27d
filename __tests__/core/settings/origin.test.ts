import fc from "fast-check";
import { isOnThisMachine, ORIGIN_ALLOWED, parseOrigin } from "../../../core/settings/origin";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

const local = fc.constantFrom("localhost", "127.0.0.1", "[::1]");
const remote = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.constantFrom("vpc-logs-abc123.eu-central-1.es.amazonaws.com", "host"),
);
const port = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 65_535 }).map((number) => `:${number}`),
);

const allowed = fc.oneof(
  fc.tuple(fc.constant("https://"), remote, port).map((parts) => parts.join("")),
  fc.tuple(fc.constant("http://"), local, port).map((parts) => parts.join("")),
);

const rejected = fc.oneof(
  fc.tuple(fc.constant("http://"), remote, port).map((parts) => parts.join("")),
  fc
    .tuple(allowed, fc.constantFrom("/path", "?query", "#hash", "/?query", ":x", " ", "\n", "\\", "/ "))
    .map((parts) => parts.join("")),
  fc
    .tuple(allowed, fc.constantFrom("user@", "user:password@", "@", " ", "/"))
    .map(([origin, inserted]) => origin.replace("://", `://${inserted}`)),
  fc.tuple(fc.constantFrom("ftp://", "ws://", "//", "https:", ""), remote, port).map((parts) => parts.join("")),
  fc.constantFrom("", "https://", "http://", "http://localhost.example", "http://127.0.0.1.example"),
);

describe("parseOrigin", () => {
  it("accepts an https origin, and plain http on this machine", () => {
    fc.assert(
      fc.property(allowed, (origin) => {
        expect(parseOrigin(origin)).toBe(new URL(origin).origin);
        expect(parseOrigin(`${origin.toUpperCase()}/`)).toBe(parseOrigin(origin));
      }),
    );
  });

  it("rejects everything else", () => {
    fc.assert(
      fc.property(rejected, (text) => {
        expect(parseOrigin(text)).toBeUndefined();
      }),
    );
  });

  it("returns an origin or nothing, for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((text) => `https://${text}`),
        ),
        (text) => {
          const origin = parseOrigin(text);
          if (origin === undefined) return;
          const { username, password, pathname, search, hash } = new URL(origin);
          expect({ username, password, pathname, search, hash }).toEqual({
            ...{ username: "", password: "", pathname: "/", search: "", hash: "" },
          });
          expect(parseOrigin(origin)).toBe(origin);
        },
      ),
    );
  });
});

describe("search_endpoint in Terraform, which has regular expressions but no URLs", () => {
  const [rule] = pipelineInputs.searchEndpoint.schema.rules;

  it("accepts what parseOrigin accepts, in the form that it returns, and rejects all else", () => {
    fc.assert(
      fc.property(allowed, rejected, (origin, text) => {
        expect(rule!.accepts(parseOrigin(origin))).toBe(true);
        expect(rule!.accepts(text)).toBe(false);
      }),
    );
  });

  it("describes the allowed values in the same words", () => {
    expect(rule!.allowed).toBe(ORIGIN_ALLOWED);
  });
});

describe("isOnThisMachine", () => {
  it.each([
    ["https://localhost", true],
    ["http://[::1]:9200", true],
    ["https://localhost.example", false],
  ])("returns for %s: %j", (url, expected) => {
    expect(isOnThisMachine(new URL(url))).toBe(expected);
  });
});

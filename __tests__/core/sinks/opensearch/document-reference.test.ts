import fc from "fast-check";
import { documentOf, recordFields, textDocumentOf } from "../../../../core/sinks/opensearch/document";
import { DATES, NO_DATES, nearlyDate } from "../../../support/dates";
import { canonical, parseJson } from "../../../support/json";
import { anyText, jsonObjectText, jsonText } from "../../../support/json-texts";
import { envelope } from "../../../support/kinesis";
import { comparable, RESERVED, referenceDocument } from "../../../support/reference-document";

const TIME = "2026-11-21T02:59:59.001Z";
const REGION = "eu-central-1";
const WHERE = envelope([]);
const FIELDS = recordFields(WHERE, REGION);

/** The document is one line, and says what the reference says. */
function expectReference(message: string): void {
  const document = documentOf(message, TIME, FIELDS);
  expect(document).not.toMatch(/[\r\n]/);
  expect(document.isWellFormed()).toBe(true);
  expect(comparable(document)).toBe(canonical(referenceDocument(message, TIME, WHERE, REGION)));
}

describe("documentOf, against the plain reference", () => {
  it("agrees on JSON objects: any key, value, digit, escape, duplicate, white space", () => {
    fc.assert(fc.property(jsonObjectText, expectReference), { numRuns: 3000 });
  });

  it.each(RESERVED)("agrees that %s stays out of the root", (key) => {
    expectReference(JSON.stringify({ [key]: 1, [`${key}.x`]: 2, [`${key}x`]: 3, [`${key}.`]: 4, [`${key}..`]: 5 }));
  });

  it("agrees on any JSON value", () => {
    fc.assert(fc.property(jsonText, expectReference), { numRuns: 1000 });
  });

  it("agrees on any text: control characters, lone surrogates, all of Unicode", () => {
    fc.assert(fc.property(anyText, expectReference), { numRuns: 1000 });
  });

  it("agrees on texts that are nearly JSON", () => {
    const cut = fc.tuple(jsonObjectText, fc.nat(), anyText).map(([text, at, insert]) => {
      const i = at % (text.length + 1);
      return text.slice(0, i) + insert.slice(0, 2) + text.slice(i + 1);
    });
    fc.assert(fc.property(cut, expectReference), { numRuns: 1000 });
  });
});

describe("documentOf, against the plain reference of dates", () => {
  it("agrees on what is nearly a date", () => {
    const messages = fc.oneof(
      nearlyDate,
      nearlyDate.map((message) => JSON.stringify({ message })),
    );
    fc.assert(fc.property(messages, expectReference), { numRuns: 3000 });
  });

  it("agrees on every date of the engines' formats", () => {
    for (const date of [...DATES, ...NO_DATES]) expectReference(date);
  });
});

describe("recordFields", () => {
  it("agrees with the reference on any names", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (owner, logGroup, logStream) => {
        const where = envelope([], { owner, logGroup, logStream });
        const document = documentOf("x", TIME, recordFields(where, REGION));
        expect(canonical(parseJson(document))).toBe(canonical(referenceDocument("x", TIME, where, REGION)));
      }),
    );
  });
});

describe("textDocumentOf", () => {
  it("contains the whole message as text and the rejection, on one line, for any of both", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonText), anyText, (message, rejection) => {
        const document = textDocumentOf(message, TIME, FIELDS, rejection);
        expect(document).not.toMatch(/[\r\n]/);
        expect(JSON.parse(document)).toEqual({
          "@timestamp": TIME,
          message: message.toWellFormed(),
          cloud: { account: { id: "111111111111" }, region: REGION },
          aws: {
            cloudwatch: {
              log_group: "foo",
              log_stream: "stream-1",
              rejection: `rejected: ${rejection.toWellFormed()}`,
            },
          },
        });
      }),
    );
  });
});

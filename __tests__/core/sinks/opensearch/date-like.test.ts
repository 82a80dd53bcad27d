import { isDateLike } from "../../../../core/sinks/opensearch/date-like";
import { documentOf, recordFields } from "../../../../core/sinks/opensearch/document";
import { DATES, NO_DATES } from "../../../support/dates";
import { envelope } from "../../../support/kinesis";

const TIME = "2026-11-21T03:00:00.000Z";

const documentIn = (logStream: string, message: string) =>
  JSON.parse(documentOf(message, TIME, recordFields(envelope([], { logStream }), "eu-central-1")));

describe("isDateLike", () => {
  it("takes every text for a date that engines do: signed and long years, parts, fractions, all zones", () => {
    expect(DATES.length).toBeGreaterThan(6_000);
    expect(DATES.filter((text) => !isDateLike(text))).toEqual([]);
  });

  it.each(NO_DATES)("takes %j for a name or a message", (text) => {
    expect(isDateLike(text)).toBe(false);
  });

  it("decides about a megabyte in linear time", () => {
    const parts = ["1", "1.", "2026-11-21T1:", "2026-11-21T1+1", "2026-11-21 1 +", "2026-11-21T1+1A/"];
    for (const part of parts) expect(isDateLike(`${part.repeat(100_000)}\n`)).toBe(false);
  });
});

describe("documentOf", () => {
  it.each(DATES.filter((_, n) => n % 500 === 0))("keeps a log stream and a message of the name %s text", (date) => {
    const document = documentIn(date, date);
    expect([document.message, document.aws.cloudwatch.log_stream]).toEqual([`${date}\n`, `${date}\n`]);
  });

  it.each(NO_DATES)("leaves a log stream and a message of the name %s as they are", (text) => {
    const document = documentIn(text, text);
    expect([document.message, document.aws.cloudwatch.log_stream]).toEqual([text, text]);
  });
});

import { parsePostgresql } from "../../../core/parsers/postgresql";
import { flatFields } from "../../support/flat-fields";

const parse = (line: string) => {
  const parsed = parsePostgresql(line);
  return parsed && { ...flatFields(parsed.fields), message: parsed.message };
};
const LOG = { "event.dataset": "postgresql.log" };
const client = (address: string, port: number) => ({
  "postgresql.log.client_addr": address,
  "postgresql.log.client_port": port,
  "source.address": address,
  "source.ip": address,
});

describe("PostgreSQL's log", () => {
  // Elastic's integration `postgresql`, data_stream/log/_dev/test/pipeline/test-postgresql-aws.log; levels in lower case.
  it.each([
    [
      "2022-06-16 17:58:40 UTC::@:[7770]:LOG:  checkpoint starting: time",
      {
        ...{ "log.level": "log", "postgresql.log.timestamp": "2022-06-16 17:58:40 UTC", "process.pid": 7770 },
        message: "checkpoint starting: time",
      },
    ],
    [
      '2019-03-10 03:54:59 UTC:10.0.0.123(52834):postgres@tstdb:[20175]:ERROR: column "wrong" does not exist at character 8',
      {
        ...{ "log.level": "error", "postgresql.log.timestamp": "2019-03-10 03:54:59 UTC", "process.pid": 20175 },
        ...{ ...client("10.0.0.123", 52834), "postgresql.log.database": "tstdb", "user.name": "postgres" },
        message: 'column "wrong" does not exist at character 8',
      },
    ],
    [
      "2022-06-20 22:19:26 UTC:172.23.160.54(33998):accounters@found:[20452]:LOG:  statement: INSERT INTO events (a) VALUES (NULL)",
      {
        ...{ "log.level": "log", "postgresql.log.timestamp": "2022-06-20 22:19:26 UTC", "process.pid": 20452 },
        ...{ ...client("172.23.160.54", 33998), "postgresql.log.database": "found", "user.name": "accounters" },
        "postgresql.log.query": "INSERT INTO events (a) VALUES (NULL)",
        "postgresql.log.query_step": "statement",
        message: "statement: INSERT INTO events (a) VALUES (NULL)",
      },
    ],
    [
      '2013-11-05 16:45:14 UTC:[local]:master@postgres:[8839]:LOG:  statement: SELECT d.datname as "Name",\n\t       d.datctype\n\tORDER BY 1;',
      {
        ...{ "log.level": "log", "postgresql.log.timestamp": "2013-11-05 16:45:14 UTC", "process.pid": 8839 },
        ...{ "postgresql.log.client_addr": "local", "postgresql.log.database": "postgres", "user.name": "master" },
        "postgresql.log.query": 'SELECT d.datname as "Name",\n\t       d.datctype\n\tORDER BY 1;',
        "postgresql.log.query_step": "statement",
        message: 'statement: SELECT d.datname as "Name",\n\t       d.datctype\n\tORDER BY 1;',
      },
    ],
    [
      "2013-11-05 16:45:14 UTC:172.23.160.69(59176):[unknown]@[unknown]:[9002]:FATAL:  unsupported frontend protocol 1234.5679: server supports 2.0 to 3.0",
      {
        ...{ "log.level": "fatal", "postgresql.log.timestamp": "2013-11-05 16:45:14 UTC", "process.pid": 9002 },
        ...{ ...client("172.23.160.69", 59176), "postgresql.log.database": "unknown", "user.name": "unknown" },
        message: "unsupported frontend protocol 1234.5679: server supports 2.0 to 3.0",
      },
    ],
  ])("has the fields of Elastic's integration for %s", (line, expected) => {
    expect(parse(line)).toEqual({ ...LOG, ...expected });
  });

  const prefix = "2026-01-01 00:00:00 UTC:10.0.0.1(5432):kim@shop:[123]:";

  // The texts of Filebeat's filebeat/module/postgresql/log/test/postgresql-{12,13}-*.log and -query-steps-slowlog.log, in nanoseconds.
  it.each<[string, object]>([
    ["duration: 0.327 ms  statement: select 1;", { duration: 327_000, query: "select 1;", step: "statement" }],
    ["duration: 430.394 ms", { duration: 430_394_000 }],
    ["duration: 37.118 ms  parse <unnamed>: SELECT $1", { duration: 37_118_000, query: "SELECT $1", step: "parse" }],
    ["execute S_1: select 1", { query: "select 1", step: "execute", name: "S_1" }],
    ['duration: 1.2 ms  plan:\n{"Query Text": 1}', { duration: 1_200_000 }],
    ["duration: of the day", {}],
    ["connection received: host=10.0.0.1", {}],
  ])("has the duration and query of %j", (text, expected) => {
    const names = { duration: "event.duration", query: "postgresql.log.query" };
    const steps = { step: "postgresql.log.query_step", name: "postgresql.log.query_name" };
    const all = Object.entries({ ...names, ...steps });
    const parsed: Record<string, unknown> = { ...parse(`${prefix}LOG:  ${text}`) };
    expect(Object.fromEntries(all.flatMap(([key, name]) => (name in parsed ? [[key, parsed[name]]] : [])))).toEqual(
      expected,
    );
    expect(parsed.message).toBe(text);
  });

  it.each([
    ["STATEMENT", "query"],
    ["DETAIL", "detail"],
    ["HINT", "hint"],
    ["CONTEXT", "context"],
    ["QUERY", "internal_query"],
    ["LOCATION", "location"],
  ])("keeps the text of a %s as postgresql.log.%s", (level, name) => {
    expect(parse(`${prefix}${level}:  a: b\n\tc`)).toMatchObject({
      "log.level": level.toLowerCase(),
      [`postgresql.log.${name}`]: "a: b\n\tc",
    });
  });

  it("has the client of an IPv6 address and of a host's name, and users whose names have an @", () => {
    expect(parse("2026-01-01 00:00:00 UTC:2001:db8::1(5432):kim@example.com@shop:[1]:LOG:  x")).toMatchObject({
      ...client("2001:db8::1", 5432),
      "user.name": "kim@example.com",
      "postgresql.log.database": "shop",
    });
    const named = parse("2026-01-01 00:00:00 UTC:db.example.com(5432):kim@shop:[1]:LOG:  x");
    expect(named).toMatchObject({ "source.address": "db.example.com" });
    expect(named).not.toHaveProperty(["source.ip"]);
  });

  // The other prefix that RDS allows; the line is of Grafana Alloy's database_observability.postgres.
  it.each([
    ["::psqlERROR:  ", "psql"],
    [":psql:ERROR:  ", "psql"],
    [":ERROR:  ", undefined],
    [":my app: 2:ERROR:  ", "my app: 2"],
  ])("has the session of the long prefix before %j", (end, application) => {
    const start = "2026-02-02 21:35:40.130 UTC:10.24.155.141(34110):app_user@books_store:[32032]:2:40001";
    const line = `${start}:2026-02-02 21:33:19 UTC:25/112:0:693c34cb.2398${end}canceling statement due to user request`;
    expect(parse(line)).toEqual({
      ...{ ...LOG, "log.level": "error", "process.pid": 32032, ...client("10.24.155.141", 34110) },
      ...{ "user.name": "app_user", "postgresql.log.database": "books_store", "postgresql.log.session_line_number": 2 },
      ...{ "postgresql.log.sql_state_code": "40001", "postgresql.log.session_start_time": "2026-02-02 21:33:19 UTC" },
      ...{ "postgresql.log.virtual_transaction_id": "25/112", "postgresql.log.transaction_id": 0 },
      ...{ "postgresql.log.session_id": "693c34cb.2398", "postgresql.log.timestamp": "2026-02-02 21:35:40.130 UTC" },
      ...(application !== undefined && { "postgresql.log.application_name": application }),
      message: "canceling statement due to user request",
    });
    expect(parsePostgresql(line)?.time).toBe(Date.parse("2026-02-02T21:35:40.130Z"));
  });

  it("has the state of a verbose error, and takes no word for one", () => {
    expect(parse(`${prefix}ERROR:  42P01: relation "x" does not exist`)).toMatchObject({
      "postgresql.log.sql_state_code": "42P01",
      message: 'relation "x" does not exist',
    });
    expect(parse(`${prefix}ERROR:  ABORT: stopped`)).toMatchObject({ message: "ABORT: stopped" });
  });

  it("has a time where its zone is one", () => {
    const at = (zone: string) => parsePostgresql(`2026-01-01 00:00:00 ${zone}::@:[1]:LOG:  x`)?.time;
    expect(at("UTC")).toBe(Date.parse("2026-01-01T00:00:00Z"));
    expect(at("+05")).toBe(Date.parse("2025-12-31T19:00:00Z"));
    expect(at("CEST")).toBeUndefined();
  });

  it.each([
    "",
    "\tFROM pg_catalog.pg_database d",
    "2026-01-01 00:00:00.000 UTC [34492] LOG:  checkpoint starting: time",
    "2026-01-01 00:00:00 UTC:10.0.0.1(5432):kim@shop:[123]:SHOUT:  x",
    "2026-01-01 00:00:00 UTC:10.0.0.1(5432):kim@shop:[123]:psql LOG:  x",
    "2026-01-01 00:00:00 UTC:10.0.0.1:kim@shop:[123]:LOG:  x",
  ])("is not %j", (line) => {
    expect(parse(line)).toBeUndefined();
  });
});

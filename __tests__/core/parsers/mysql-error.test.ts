import { parseMysqlError } from "../../../core/parsers/mysql-error";
import { flatFields } from "../../support/flat-fields";

const parse = (line: string) => {
  const parsed = parseMysqlError(line);
  return parsed && { ...flatFields(parsed.fields), message: parsed.message };
};

describe("MySQL's error log", () => {
  // Filebeat's filebeat/module/mysql/error/test: mysql-ubuntu-8.0.15.log, mysql-ubuntu-5.5.53.log and mariadb-10.4.8.log; levels
  // in lower case. The last is of Aurora MySQL's own form, which has a zone.
  it.each([
    [
      "2019-03-24T13:44:25.484123Z 0 [System] [MY-013169] [Server] /usr/sbin/mysqld (mysqld 8.0.15) initializing of server in progress as process 1640",
      {
        ...{ "event.code": "MY-013169", "event.provider": "Server", "log.level": "system", "mysql.thread_id": 0 },
        message:
          "[MY-013169] [Server] /usr/sbin/mysqld (mysqld 8.0.15) initializing of server in progress as process 1640",
        "event.start": "2019-03-24T13:44:25.484Z",
      },
    ],
    [
      "2023-03-12T15:30:16.866015Z 4016575 [Note] Aborted connection 4016575 to db: 'testdb' user: 'sherlock' host: 'localhost' (Got an error reading communication packets)",
      {
        ...{ "log.level": "note", "mysql.thread_id": 4016575, "event.start": "2023-03-12T15:30:16.866Z" },
        message:
          "Aborted connection 4016575 to db: 'testdb' user: 'sherlock' host: 'localhost' (Got an error reading communication packets)",
      },
    ],
    [
      "191015  9:46:45\t    13 Query\tSHOW /*!50002 GLOBAL */ STATUS",
      {
        ...{ "mysql.thread_id": 13, "event.start": "2019-10-15T09:46:45.000Z" },
        message: "Query\tSHOW /*!50002 GLOBAL */ STATUS",
      },
    ],
    [
      "2019-10-16 17:24:15 0 [Note] /usr/sbin/mysqld: ready for connections.\nVersion: '10.4.8-MariaDB-log'",
      {
        ...{ "log.level": "note", "mysql.thread_id": 0, "event.start": "2019-10-16T17:24:15.000Z" },
        message: "/usr/sbin/mysqld: ready for connections.\nVersion: '10.4.8-MariaDB-log'",
      },
    ],
    [
      "2019-10-16 17:25:43 12 [ERROR] Event Scheduler: [root@localhost][test.test_error_log] hi from the error log",
      {
        ...{ "log.level": "error", "mysql.thread_id": 12, "event.start": "2019-10-16T17:25:43.000Z" },
        message: "Event Scheduler: [root@localhost][test.test_error_log] hi from the error log",
      },
    ],
    [
      "161209 13:08:33 [Note] Plugin 'FEDERATED' is disabled.",
      { "log.level": "note", "event.start": "2016-12-09T13:08:33.000Z", message: "Plugin 'FEDERATED' is disabled." },
    ],
    [
      "2026-01-01  0:00:00 12 [Warning] Aborted connection",
      {
        ...{ "log.level": "warning", "mysql.thread_id": 12, "event.start": "2026-01-01T00:00:00.000Z" },
        message: "Aborted connection",
      },
    ],
    [
      "2018-08-07T16:27:47.169604+08:00 7 [ERROR] [MY-010119] [InnoDB] Aborting",
      {
        ...{ "event.code": "MY-010119", "event.provider": "InnoDB", "log.level": "error", "mysql.thread_id": 7 },
        ...{ "event.start": "2018-08-07T08:27:47.169Z", message: "[MY-010119] [InnoDB] Aborting" },
      },
    ],
  ])("has the fields of Filebeat's module for %s", (line, expected) => {
    expect(parse(line)).toEqual({ "event.dataset": "mysql.error", ...expected });
    expect(parseMysqlError(line)?.time).toBe(Date.parse(expected["event.start"]));
  });

  it("keeps a time that is none in the text alone", () => {
    expect(parseMysqlError("2026-02-30 00:00:00 12 [Note] x")).not.toHaveProperty("time");
  });

  it.each([
    "",
    "2026-01-01",
    "2026-01-01T00:00:00Z x",
    "2026-01-01 00:00:00 [note x",
    "order 12 [Note] placed",
    "\tat x",
  ])("is not %j", (line) => {
    expect(parse(line)).toBeUndefined();
  });
});

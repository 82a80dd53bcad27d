import { parseMysqlSlow } from "../../../core/parsers/mysql-slow";
import { flatFields } from "../../support/flat-fields";

const parse = (...lines: string[]) => {
  const parsed = parseMysqlSlow(lines.join("\n"));
  return parsed && flatFields(parsed.fields);
};
const slow = (fields: object) => ({
  "event.dataset": "mysql.slowlog",
  ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`mysql.slowlog.${name}`, value])),
});
const localhost = { "source.domain": "localhost", "source.address": "localhost", "user.name": "root" };
const QUERY = "SELECT last_name, MAX(salary) AS salary FROM employees\n    GROUP BY last_name\n    LIMIT 10;";

describe("MySQL's slow-query log", () => {
  // Filebeat's filebeat/module/mysql/slowlog/test, by the names of its files. Durations are by their digits: where Filebeat has
  // 153883488000 ns, its float is wrong. Numbers that it has as texts are numbers.
  it("has the fields of Filebeat's module for mysql-ubuntu-8.0.15.log, with log_slow_extra", () => {
    const extra = [
      "Thread_id: 16 Errno: 0 Killed: 0 Bytes_received: 0 Bytes_sent: 312 Read_first: 1 Read_last: 0 Read_key: 3144072",
      "Read_next: 2844047 Read_prev: 0 Read_rnd: 10 Read_rnd_next: 301663 Sort_merge_passes: 0 Sort_range_count: 0",
      "Sort_rows: 10 Sort_scan_count: 1 Created_tmp_disk_tables: 0 Created_tmp_tables: 1",
      "Start: 2019-03-24T14:04:51.082107Z End: 2019-03-24T14:04:53.713951Z",
    ].join(" ");
    const lines = [
      "# Time: 2019-03-24T14:04:53.713951Z",
      "# User@Host: root[root] @ localhost []  Id:    16",
      `# Query_time: 2.631844  Lock_time: 0.000145 Rows_sent: 10  Rows_examined: 3145718 ${extra}`,
      "use employees;",
      "SET timestamp=1553436291;",
      QUERY,
    ];
    expect(parse(...lines)).toEqual({
      ...slow({
        ...{ bytes_received: 0, bytes_sent: 312, current_user: "root", killed: 0, last_errno: 0, query: QUERY },
        ...{ "lock_time.sec": 0.000145, read_first: 1, read_key: 3144072, read_last: 0, read_next: 2844047 },
        ...{ read_prev: 0, read_rnd: 10, read_rnd_next: 301663, rows_examined: 3145718, rows_sent: 10 },
        ...{ schema: "employees", sort_merge_passes: 0, sort_range_count: 0, sort_rows: 10, sort_scan_count: 1 },
        ...{ tmp_disk_tables: 0, tmp_tables: 1 },
      }),
      ...{ ...localhost, "event.duration": 2_631_844_000, "mysql.thread_id": 16 },
      "event.start": "2019-03-24T14:04:51.082Z",
      "event.end": "2019-03-24T14:04:53.713Z",
    });
    expect(parseMysqlSlow(lines.join("\n"))?.time).toBe(Date.parse("2019-03-24T14:04:53.713Z"));
  });

  it("has the fields of Filebeat's module for percona-ubuntu-8.0.15.log", () => {
    expect(
      parse(
        ...["# Time: 2019-03-24T16:26:04.482151Z", "# User@Host: root[root] @ localhost []  Id:     8"],
        "# Schema: employees  Last_errno: 0  Killed: 0",
        "# Query_time: 3.133066  Lock_time: 0.000190  Rows_sent: 10  Rows_examined: 3145718  Rows_affected: 0",
        "# Bytes_sent: 312  Tmp_tables: 1  Tmp_disk_tables: 0  Tmp_table_sizes: 0",
        "# InnoDB_trx_id: 0",
        "# Full_scan: Yes  Full_join: No  Tmp_table: Yes  Tmp_table_on_disk: No",
        "# Filesort: Yes  Filesort_on_disk: No  Merge_passes: 0",
        "#   InnoDB_IO_r_ops: 5491  InnoDB_IO_r_bytes: 89964544  InnoDB_IO_r_wait: 0.003183",
        "#   InnoDB_rec_lock_wait: 0.000000  InnoDB_queue_wait: 0.000000",
        "#   InnoDB_pages_distinct: 6122",
        ...["use employees;", "SET timestamp=1553444761;", QUERY, ""],
      ),
    ).toEqual({
      ...slow({
        ...{ bytes_sent: 312, current_user: "root", filesort: true, filesort_on_disk: false, full_join: false },
        ...{
          full_scan: true,
          "innodb.io_r_bytes": 89964544,
          "innodb.io_r_ops": 5491,
          "innodb.io_r_wait.sec": 0.003183,
        },
        ...{ "innodb.pages_distinct": 6122, "innodb.queue_wait.sec": 0, "innodb.rec_lock_wait.sec": 0 },
        ...{ "innodb.trx_id": "0", killed: 0, last_errno: 0, "lock_time.sec": 0.00019, merge_passes: 0, query: QUERY },
        ...{ rows_affected: 0, rows_examined: 3145718, rows_sent: 10, schema: "employees", tmp_disk_tables: 0 },
        ...{ tmp_table: true, tmp_table_on_disk: false, tmp_table_sizes: 0, tmp_tables: 1 },
      }),
      ...{ ...localhost, "event.duration": 3_133_066_000, "mysql.thread_id": 8 },
    });
  });

  it("has the fields of Filebeat's module for percona-ubuntu-5.7.19-innodb.log, whose schema is empty", () => {
    expect(
      parse(
        ...["# Time: 2019-01-21T09:15:36.487710Z", "# User@Host: test[test] @  [192.168.123.123]  Id: 14370752"],
        "# Schema:   Last_errno: 3170  Killed: 0",
        "# Query_time: 153.883481  Lock_time: 0.024022  Rows_sent: 0  Rows_examined: 120309968  Rows_affected: 19198",
        "# InnoDB_trx_id: 69BB9C7F9",
        "# QC_Hit: No  Full_scan: No",
        "# No InnoDB statistics available for this query",
        "# Log_slow_rate_type: query  Log_slow_rate_limit: 100",
        ...["SET timestamp=1548062136;", "UPDATE test SET a = 1;"],
      ),
    ).toEqual({
      ...slow({
        ...{ current_user: "test", last_errno: 3170, killed: 0, "lock_time.sec": 0.024022, rows_sent: 0 },
        ...{ rows_examined: 120309968, rows_affected: 19198, "innodb.trx_id": "69BB9C7F9", query_cache_hit: false },
        ...{ full_scan: false, log_slow_rate_type: "query", log_slow_rate_limit: 100, query: "UPDATE test SET a = 1;" },
      }),
      ...{ "source.ip": "192.168.123.123", "source.address": "192.168.123.123", "user.name": "test" },
      ...{ "event.duration": 153_883_481_000, "mysql.thread_id": 14370752 },
    });
  });

  it("has the fields of Filebeat's module for mariadb-explain.log", () => {
    const lines = [
      ...["# Time: 131112 17:03:32", "# User@Host: root[root] @ localhost []"],
      "# Thread_id: 2  Schema: dbt3sf1  QC_hit: No",
      "# Query_time: 5.524103  Lock_time: 0.000337  Rows_sent: 1  Rows_examined: 65633",
      "#",
      "# explain: id   select_type     table   type    possible_keys   key     key_len ref     rows    Extra",
      "# explain: 1    SIMPLE  nation  ref     PRIMARY,n_name  n_name  26      const   1       Using where: x",
      "#",
      ...["SET timestamp=1384261412;", "select count(*) from customer;"],
    ];
    expect(parse(...lines)).toEqual({
      ...slow({
        ...{ current_user: "root", "lock_time.sec": 0.000337, query_cache_hit: false, rows_examined: 65633 },
        ...{ rows_sent: 1, schema: "dbt3sf1", query: "select count(*) from customer;" },
      }),
      ...{ ...localhost, "event.duration": 5_524_103_000, "mysql.thread_id": 2 },
    });
    expect(parseMysqlSlow(lines.join("\n"))?.time).toBe(1_384_261_412_000);
  });

  it.each([
    "# explain: 1 SIMPLE",
    "# Time: 131112 17:03:32",
    "# Stored routine: shop.total now",
    "# administrator command",
  ])("keeps the message of a header with %j, which is in no field", (line) => {
    const message = `${line}\n# Query_time: 1.5\nselect 1`;
    expect(parseMysqlSlow(message)).toMatchObject({ message });
  });

  it("keeps values that it does not know, the whole text as the message, and headers without a query", () => {
    const lines = ["# Query_time: 1.5  Lock_time: x  Wait_for_io: 7", "select 1"];
    expect(parse(...lines)).toEqual({
      ...slow({ query: "select 1", additional_fields: ["Lock_time: x", "Wait_for_io: 7"] }),
      "event.duration": 1_500_000_000,
    });
    expect(parseMysqlSlow(lines.join("\n"))).not.toHaveProperty("message");
    expect(parse("# User@Host: kim[kim] @ db.example.com [10.0.0.1]")).toEqual({
      ...slow({ current_user: "kim" }),
      ...{
        "user.name": "kim",
        "source.domain": "db.example.com",
        "source.address": "10.0.0.1",
        "source.ip": "10.0.0.1",
      },
    });
  });

  it.each(["", "#", "# Heading", "# Id: 4", "# Time: 2019-03-24T14:04:53.713951Z", "select 1; # Query_time: 1.5"])(
    "is not %j",
    (text) => {
      expect(parse(text)).toBeUndefined();
    },
  );
});

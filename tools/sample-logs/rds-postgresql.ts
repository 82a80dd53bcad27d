import type { Format } from "./format";
import { ipv4, port } from "./values";

/** Text after the prefix; `n` is any number. */
const MESSAGES: readonly ((n: number) => string)[] = [
  (n) => `LOG:  duration: ${n / 7} ms  statement: SELECT * FROM orders WHERE id = ${n};`,
  (n) => `LOG:  checkpoint complete: wrote ${n % 900} buffers (0.4%); 0 WAL file(s) added, 0 removed, 1 recycled`,
  (n) =>
    `ERROR:  duplicate key value violates unique constraint "orders_pkey"\nDETAIL:  Key (id)=(${n}) already exists.`,
  (n) => `ERROR:  column "wrong_${n % 9}" does not exist at character 8`,
  (n) => `STATEMENT:  INSERT INTO "notes" (text)\n\tVALUES ('it''s \u65e5\u672c\u8a9e, ${n}')\n\tRETURNING id;`,
  () => "FATAL:  no pg_hba.conf entry for host, SSL off",
];

/** Source: Amazon RDS User Guide, "Parameters for logging in RDS for PostgreSQL": `log_line_prefix` is `%t:%r:%u@%d:[%p]:`. */
export const rdsPostgresql: Format = {
  line({ random, time }) {
    const at = `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
    const session = `${random.pick(["app", "admin", "postgres"])}@${random.pick(["shop", "reports"])}`;
    const message = random.pick(MESSAGES)(random.integer(1, 99_999));
    return `${at}:${ipv4(random)}(${port(random)}):${session}:[${random.integer(300, 32_000)}]:${message}`;
  },
};

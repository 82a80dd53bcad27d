import { slottedParser } from "./field-shape";
import { compileLayouts, parseByLayout } from "./layout";
import { SpanOp } from "./span-ops";
import { errorSlots, JAVA_TYPE, javaError, putError } from "./stack-trace";

/** Each with a logger or a tool that writes it, most by default. */
const LAYOUTS = compileLayouts([
  // Spring Boot 3 with spring.application.name and tracing, with one of both, and neither; Spring Boot 2 has the last.
  "{time} {level} {pid} --- [{service}] [{thread}] [{trace}{span}] {logger} : ",
  "{time} {level} {pid} --- [{thread}] [{trace}{span}] {logger} : ",
  "{time} {level} {pid} --- [{service}] [{thread}] {logger} : ",
  "{time} {level} {pid} --- [{thread}] {logger} : ",
  // Log4j 2's DefaultConfiguration and Logback's BasicConfigurator until 1.2; since then `--`, for its key-value pairs.
  "{time} [{thread}] {level} {logger} - ",
  "{time} [{thread}] {level} {logger} -- ",
  // Hadoop, HBase; Tomcat's OneLineFormatter, whose logger has no colon.
  "{time} {level} [{thread}] {class}: ",
  "{time} {level} [{thread}] {logger} - ",
  "{time} {level} [{thread}] {class} ",
  // ZooKeeper.
  "{time} - {level} [{place}] - ",
  // Quarkus, WildFly.
  "{time} {level} [{logger}] ({thread}) ",
  // AWS's examples for Log4j 2 on Lambda: `%d{yyyy-MM-dd HH:mm:ss} %X{AWSRequestId} %-5p %c{1} - %m%n`.
  "{time} {request} {level} {logger} - ",
  "{request} {level} {logger} - ",
  // Spark, SQLAlchemy and others without a thread.
  "{time} {level} {class}: ",
  "{time} {level} {logger} - ",
  "{time} {level} {class} ",
  // Elasticsearch and OpenSearch.
  "[{time}][{level}][{logger}] ",
  // Dropwizard.
  "{level} [{time}] {logger}: ",
  // The examples of Log4j 2's PatternLayout: `%-5p [%t] %c: %m%n`, `%-5p [%t]: %m%n`.
  "{level} [{thread}] {logger}: ",
  "{level} [{thread}]: ",
  // Flask, which is not Kafka; Kafka and MSK; whatever has its level behind the time.
  "[{time}] {level} in {logger}: ",
  "[{time}] {level} ",
  "{time} {level} [{class}] ",
  "{time} {level} [{thread}] ",
  "{time} {level} ",
]);

const ERROR = errorSlots(LAYOUTS.table.slotOf);

/**
 * What loggers of Java write by their usual layouts: Log4j, Logback, Spring Boot.
 * A line begins with a digit, `[`, a hexadecimal letter (a request id) or the capital of a level.
 */
export const parseLog4j = slottedParser(
  (text) => {
    const parsed = parseByLayout(LAYOUTS, text);
    if (parsed === undefined) return undefined;
    const { values, message } = parsed;
    putError(values, ERROR, javaError(message));
    return { shape: LAYOUTS.table.shape, values, message };
  },
  undefined,
  [{ ...LAYOUTS, message: "rest", derived: [{ op: SpanOp.javaError, slots: ERROR, pattern: JAVA_TYPE }] }],
);

import { fetchFailure } from "../../../local/opensearch/install";
import { OPENSEARCH } from "../../../local/opensearch/opensearch";
import { startFailure } from "../../../local/opensearch/start-failure";
import { ProcessError } from "../../../tools/processes/process";

const HOME = "/it's/.cache/opensearch-2.19.6/opensearch-2.19.6";
const started = (how: string, output: string) =>
  startFailure(OPENSEARCH, HOME, new ProcessError("java -Xms512m …", how, output)).message;

// Real output of Java and the engines, cut to the relevant part.
describe("startFailure", () => {
  it.each([
    [
      "Error occurred during initialization of VM\nCould not reserve enough space for 524288KB object heap",
      /\(exit status 1\): there is not enough memory\.\nIt takes up to 1 GB/,
    ],
    [
      "# There is insufficient memory for the Java Runtime Environment to continue.\n# Native memory allocation (mmap) failed",
      /there is not enough memory/,
    ],
    [
      "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached",
      /the limit of threads is reached\.\nRaise ulimit -u/,
    ],
    [
      "Error: Could not find or load main class org.opensearch.bootstrap.OpenSearch\nCaused by: java.lang.ClassNotFoundException: org.opensearch.bootstrap.OpenSearch",
      /its copy in the cache is incomplete\.\nDelete it \(rm -rf '\/it'\\''s\/\.cache\/opensearch-2\.19\.6'\)/,
    ],
    [
      "java.lang.Error: A command line option has attempted to allow or enable the Security Manager. Enabling a Security Manager is not supported.",
      /this Java cannot run it/,
    ],
    [
      "Unrecognized VM option 'NoSuch'\nError: Could not create the Java Virtual Machine.",
      /this Java cannot run it\.\nUse Java 17 or 21/,
    ],
    [
      "BindHttpException[Failed to bind to 127.0.0.1:9200]; nested: BindException[Address already in use];",
      /another program uses its port/,
    ],
    [
      "java.io.IOException: No space left on device",
      /did not start \(exit status 1\)\.\nThe disk is full\.\nFree some/,
    ],
    ["java.lang.IllegalStateException: something new", /did not start \(exit status 1\)\.\nIts last lines say why\./],
  ])("explains why the engine ended: %s", (output, message) => {
    const explained = started("exit status 1", output);
    expect(explained).toMatch(/^opensearch 2\.19\.6 did not start/);
    expect(explained).toMatch(message);
    expect(explained).toContain(`\nIts last lines:\n  ${output.split("\n")[0]}`);
  });

  it("explains that the engine was killed, and that it was not ready in time", () => {
    expect(started("signal SIGKILL", "")).toContain("(signal SIGKILL): the system killed it");
    expect(started("not ready after 120 seconds", "")).toContain("this machine is too busy");
  });
});

describe("fetchFailure", () => {
  const fetched = (output: string) =>
    fetchFailure(OPENSEARCH, new ProcessError("mvn -B", "exit status 1", output)).message;

  it("has Maven's reason, advice, and Maven's last lines", () => {
    expect(fetched("[ERROR] Connect to 127.0.0.1:1 failed: Connection refused -> [Help 1]")).toMatch(
      /^opensearch 2\.19\.6 cannot be fetched by Maven: the connection is refused\.\nIt is fetched only once\. .*Maven Central.*\n.*--search-endpoint.*\nIts last lines:\n {2}\[ERROR\] Connect/,
    );
  });

  it("does not blame the network for a full disk", () => {
    expect(fetched("[ERROR] opensearch.zip: No space left on device")).toMatch(
      /^opensearch 2\.19\.6 cannot be fetched by Maven\.\nThe disk is full\./,
    );
  });

  it("has Maven's exit status when the reason is unknown", () => {
    expect(fetched("[ERROR] something new")).toMatch(/cannot be fetched by Maven: exit status 1\.\n/);
  });
});

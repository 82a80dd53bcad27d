import { pathErrors, prerequisiteErrors } from "../../../local/start/prerequisites";
import type { Probe } from "../../../tools/prerequisites/probe";

const TOOLS = ["Node.js", "Terraform", "Python with venv", "Java", "Maven"];

const probes = (found: Record<string, Probe>) => new Map(Object.entries(found));
const version = (major: number, minor = 0): Probe => ({ version: [major, minor] });

describe("prerequisiteErrors", () => {
  it.each([
    ["Node.js", [20, 18], [20, 17]],
    ["Node.js", [22, 0], [18, 20]],
    ["Terraform", [1, 5], [1, 4]],
    ["Terraform", [2, 0], [0, 15]],
    ["Python with venv", [3, 9], [3, 8]],
    ["Java", [17, 0], [11, 0]],
    ["Java", [21, 0], [25, 0]],
    ["Maven", [3, 6], [3, 5]],
    ["Maven", [4, 0], [2, 9]],
  ])("accepts %s %j, not %j", (name, right, wrong) => {
    expect(prerequisiteErrors(probes({ [name]: version(right[0]!, right[1]!) }))).toEqual([]);
    const [error] = prerequisiteErrors(probes({ [name]: version(wrong[0]!, wrong[1]!) }));
    expect(error).toContain(`is needed: found ${wrong.join(".")}.`);
  });

  it("reports all missing tools together, each with its purpose and how to install it", () => {
    const errors = prerequisiteErrors(new Map(TOOLS.map((name) => [name, { missing: "not found" }])));
    expect(errors).toHaveLength(TOOLS.length);
    for (const [i, error] of errors.entries()) {
      expect(error).toMatch(
        /^.+ is needed: not found\. It (runs|plans|fetches) .+\n {2}Debian, Ubuntu: .+\n {2}macOS: {10}brew install .+$/,
      );
      expect(error.startsWith(TOOLS[i]!)).toBe(true);
    }
  });

  it("names the tools that a search endpoint of one's own makes unnecessary", () => {
    const missing = { missing: "java was not found" };
    expect(prerequisiteErrors(probes({ Java: missing, Maven: missing, Terraform: missing }))).toEqual([
      expect.stringMatching(/^Terraform(?!.*--search-endpoint)/s),
      expect.stringMatching(/^Java 17 or 21 is needed.*not needed with --search-endpoint/),
      expect.stringMatching(/^Maven .*not needed with --search-endpoint/),
    ]);
  });

  it("does not report a Maven that fails without Java", () => {
    const fails = {
      fails: "mvn --version: exit status 1, The JAVA_HOME environment variable is not defined correctly",
    };
    const errors = prerequisiteErrors(probes({ Java: { missing: "java was not found" }, Maven: fails }));
    expect(errors).toEqual([expect.stringMatching(/^Java 17 or 21 is needed: java was not found\./)]);
  });

  it("reports a Maven that fails beside a Java that works, and one that is missing", () => {
    const fails = { fails: "mvn --version: not finished after 20 seconds" };
    expect(prerequisiteErrors(probes({ Java: version(17), Maven: fails }))).toEqual([
      expect.stringMatching(/^Maven 3\.6 or newer is needed: mvn --version: not finished after 20 seconds\./),
    ]);
    const missing = { missing: "not found" };
    expect(prerequisiteErrors(probes({ Java: missing, Maven: missing }))).toHaveLength(2);
  });
});

describe("pathErrors", () => {
  it("rejects only a colon", () => {
    expect(pathErrors("/home/größer als 件 it's/clone")).toEqual([]);
    expect(pathErrors("/home/a:b/clone")).toEqual([
      expect.stringMatching(/^The path \/home\/a:b\/clone contains a colon/),
    ]);
  });
});

import { portMistakes, portOf } from "../../local/port-options";

describe("ports", () => {
  it.each([{}, { emulatorPort: "4566", searchPort: "9200" }, { searchPort: "65535" }, { emulatorPort: "1" }])(
    "may be %p",
    (given) => {
      expect(portMistakes(given)).toEqual([]);
    },
  );

  it.each(["0", "65536", "99999999", "9200.5", "-1", " 9200", "09200", "http", ""])("may not be %p", (port) => {
    expect(portMistakes({ searchPort: port })).toEqual([
      `--search-port ${port === " 9200" ? '" 9200"' : port} is not a port: a whole number from 1 to 65535`,
    ]);
  });

  it("differ, and are not given for an OpenSearch that is not started; all mistakes are told", () => {
    expect(portMistakes({ emulatorPort: "x", searchPort: "9200", searchEndpoint: "https://search.example" })).toEqual([
      "--emulator-port x is not a port: a whole number from 1 to 65535",
      "--search-port is that of the OpenSearch which --search-endpoint leaves out; give one of them",
    ]);
    expect(portMistakes({ emulatorPort: "9200", searchPort: "9200" })).toEqual([
      "--emulator-port and --search-port are both 9200; give two ports",
    ]);
  });

  it("are free ones when they are not given", () => {
    expect([portOf(undefined), portOf("9200")]).toEqual([undefined, 9200]);
  });

  it("shows no port as it is that a terminal would obey", () => {
    expect(portMistakes({ emulatorPort: "a\u001b[2J\u202e\nb" })).toEqual([
      expect.stringMatching(/^--emulator-port "a\\u001b\[2J\\u202e\\nb" is not a port/),
    ]);
  });
});

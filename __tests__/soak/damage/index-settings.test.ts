import { parseIndexSettings } from "../../../core/settings/index-settings";
import { soakedIndexSettings } from "../../../soak/damage/index-settings";
import { sharedStream } from "../../../soak/shared-stream";
import { THREE_LOG_GROUPS } from "../../../soak/traffic/traffic";

describe("soakedIndexSettings", () => {
  it("are those of a function without variables", () => {
    const { settings, errors } = parseIndexSettings(soakedIndexSettings("soak", THREE_LOG_GROUPS));
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({ prefix: "soak-", period: "day", indices: new Map(), template: "none" });
    expect(settings!.defaultIndex).toBeUndefined();
    expect([...settings!.messages!.keys()]).toEqual(["soak", "orders", "/aws/lambda/Payments", "search"]);
    expect(settings!.messages!.get("orders")).toMatchObject({ PARSER: "none", RULES: [], JOIN_LINES: "" });
  });

  it("have the exceptions of a shared stream", () => {
    const { sources, environment } = sharedStream();
    const { settings, errors } = parseIndexSettings(soakedIndexSettings("soak", sources!, environment));
    expect(errors).toEqual([]);
    expect(settings!.defaultIndex).toBe("shared");
    expect(new Set(settings!.indices.values())).toEqual(new Set(["apart"]));
    const parsers = [...settings!.messages!.values()].map(({ PARSER }) => PARSER);
    expect(new Set(parsers)).toEqual(new Set(["none", "auto", "lambda"]));
  });
});

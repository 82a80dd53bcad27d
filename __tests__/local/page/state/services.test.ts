import { pageServices } from "../../../../local/page/state/services";

const EMULATOR = { name: "AWS emulator", url: "http://127.0.0.1:5000" };
const ENGINE = { name: "Search engine", url: "http://127.0.0.1:9200" };
const session = { emulatorUrl: EMULATOR.url, searchEndpoint: ENGINE.url, isOwnEngine: true };

describe("pageServices", () => {
  it("names a service once it has an address, and says whether it answers by now", () => {
    expect(pageServices({}, false)).toEqual([]);
    expect(pageServices(session, false)).toEqual([
      { ...EMULATOR, status: "up" },
      { ...ENGINE, status: "awaited" },
    ]);
    expect(pageServices({ ...session, isSearchUp: true }, false)[1]).toEqual({ ...ENGINE, status: "up" });
  });

  it("says of a pipeline's end that what it had started has ended with it, and of nothing else", () => {
    expect(pageServices({ ...session, isSearchUp: true }, true)).toEqual([
      { ...EMULATOR, status: "ended" },
      { ...ENGINE, status: "ended" },
    ]);
    const ofOthers = { ...session, isOwnEngine: false, isSearchUp: true };
    expect(pageServices(ofOthers, true)[1]).toEqual({ ...ENGINE, status: "up" });
  });
});

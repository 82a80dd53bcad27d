import { readLedger } from "../../../soak/applications/line-ledger";

describe("readLedger", () => {
  it("returns the last numbers that were written", () => {
    expect(readLedger("logged 1\nlogged 2\nflushed 1\nlogged 3\n")).toEqual({ logged: 3, flushed: 1 });
  });

  it("does not read a number that SIGKILL cut", () => {
    expect(readLedger("logged 9\nflushed 9\nlogged 10\nflushed 1")).toEqual({ logged: 10, flushed: 9 });
  });

  it("returns no lines of a process that was killed before it logged", () => {
    expect(readLedger("")).toEqual({ logged: 0, flushed: 0 });
  });
});

import fc from "fast-check";
import { noEvents, Receipt, type ReceiptRow } from "../../../core/receipts/receipt";
import { anyRows, receiptOf } from "../../support/any-receipt";

const FOO = { account: "111111111111", logGroup: "foo" };
const row = (place: { account: string; logGroup: string }, hour: number, counts: Partial<ReceiptRow> = {}) => {
  return { ...place, ...noEvents(hour), events: 1, ...counts };
};

describe("Receipt", () => {
  it("adds up what is of one account, log group and hour", () => {
    const receipt = new Receipt();
    const tally = {
      ...noEvents(3),
      events: 2,
      fingerprint: { high: 1, low: 2 },
      dropped: 1,
      sampledOut: 2,
      joined: 3,
    };
    receipt.add(FOO, tally);
    receipt.add(FOO, tally);
    expect(receipt.rows()).toEqual([
      { ...FOO, hour: 3, events: 4, fingerprint: { high: 2, low: 4 }, dropped: 2, sampledOut: 4, joined: 6 },
    ]);
  });

  it("keeps accounts, log groups and hours apart, in that order of the other", () => {
    const bar = { account: "111111111111", logGroup: "bar" };
    const other = { account: "222222222222", logGroup: "bar" };
    const rows = [row(FOO, 1), row(bar, 2), row(other, 1), row(FOO, 0), row(bar, 1), row(FOO, 1)];
    expect(receiptOf(rows).rows()).toEqual([
      row(FOO, 0),
      row(bar, 1),
      row(FOO, 1, { events: 2 }),
      row(other, 1),
      row(bar, 2),
    ]);
  });

  it("is the same in whatever order it is counted, and in whatever parts", () => {
    fc.assert(
      fc.property(anyRows, anyRows, (some, others) => {
        const whole = receiptOf([...some, ...others]);
        expect(receiptOf([...some, ...others].reverse()).rows()).toEqual(whole.rows());
        const parts = receiptOf(some);
        parts.addAll(receiptOf(others));
        expect(parts.rows()).toEqual(whole.rows());
      }),
    );
  });

  it("has after a subtraction what the others were", () => {
    fc.assert(
      fc.property(anyRows, anyRows, (some, others) => {
        const left = receiptOf([...some, ...others]);
        left.subtractAll(receiptOf(others));
        const isNothing = ({ events, fingerprint: { high, low }, dropped, sampledOut, joined }: ReceiptRow) =>
          [events, high, low, dropped, sampledOut, joined].every((count) => count === 0);
        expect(left.rows().filter((one) => !isNothing(one))).toEqual(
          receiptOf(some)
            .rows()
            .filter((one) => !isNothing(one)),
        );
      }),
    );
  });

  it("has a negative count where more is subtracted than there was", () => {
    const receipt = receiptOf([row(FOO, 1)]);
    receipt.subtract(FOO, row(FOO, 1, { events: 3 }));
    expect(receipt.rows()).toEqual([row(FOO, 1, { events: -2 })]);
  });

  it("is empty until something is counted", () => {
    expect(new Receipt().isEmpty).toBe(true);
    expect(receiptOf([row(FOO, 1)]).isEmpty).toBe(false);
  });
});

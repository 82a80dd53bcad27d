import type { PriceName } from "../prices/price-names";

/** Where money goes, as the report groups it. */
export type Item =
  | "CloudWatch Logs"
  | "streams"
  | "functions"
  | "archive"
  | "search domain"
  | "Firehose"
  | "access logs"
  | "metrics and alarms"
  | "keys and secrets"
  | "data transfer";

/** A month's use of something that AWS charges for. */
export interface Usage {
  readonly item: Item;
  readonly what: string;
  readonly price: PriceName;
  /** In the unit of the price. */
  readonly quantity: number;
}

/** Makes the uses of one item. */
export const usagesOf =
  (item: Item) =>
  (what: string, price: PriceName, quantity: number): Usage => ({ item, what, price, quantity });

/** Without those of nothing. */
export const used = (usages: readonly Usage[]): Usage[] => usages.filter(({ quantity }) => quantity > 0);

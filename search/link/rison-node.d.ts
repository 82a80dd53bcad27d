/** The package has no types. */
declare module "rison-node" {
  export function encode(value: unknown): string;
  export function decode(text: string): unknown;
}

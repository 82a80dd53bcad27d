/** A record that cannot be decoded, and never will be. */
export interface Undecodable {
  kind: "undecodable";
  reason: string;
}

export const undecodable = (reason: string): Undecodable => ({ kind: "undecodable", reason });

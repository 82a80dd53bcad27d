/** A record that can't be read, whatever is tried; `reason` says why. */
export interface Undecodable {
  kind: "undecodable";
  reason: string;
}

export const undecodable = (reason: string): Undecodable => ({ kind: "undecodable", reason });

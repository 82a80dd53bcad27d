import type { FaultyProxy } from "./proxy";

/** Returns the fault of a request; undefined: none by this rule. */
export type FaultRule = FaultyProxy["fault"];

/** Lets several faults share a proxy. */
export interface SharedProxy {
  /** The first rule that has a fault for a request decides. @returns what removes it */
  add(rule: FaultRule): () => void;
}

export function sharedProxy(proxy: FaultyProxy): SharedProxy {
  const rules = new Set<FaultRule>();
  proxy.fault = (request) => {
    for (const rule of rules) {
      const fault = rule(request);
      if (fault) return fault;
    }
    return undefined;
  };
  return {
    add(rule) {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
  };
}

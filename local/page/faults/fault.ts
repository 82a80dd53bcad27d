import type { FaultyNetwork } from "../../faults/network";
import type { FaultSite } from "../shared/faults";

/** What faults can break. */
export interface PageFaultTargets {
  readonly network: FaultyNetwork;
  /** The engine's own address, not the proxy's. */
  readonly searchEndpoint: string;
  readonly indexPattern: string;
  killFunctions(): Promise<void>;
  /** Puts a line into a log group that is delivered. */
  putLine(message: string): Promise<void>;
  /** Puts a record into a stream of the pipeline, beside CloudWatch Logs. */
  putRecord(data: Buffer): Promise<void>;
}

/** Undoes a fault. @throws Error when it could not; it may be called again */
export type Heal = () => Promise<void>;

export interface FaultDefinition {
  readonly id: string;
  readonly title: string;
  readonly site: FaultSite;
  readonly does: string;
  readonly expect: string;
  /** The engine is the user's own: the fault is not to be had. @default false */
  readonly needsOwnEngine?: boolean;
  /** @param strike to be called each time that the fault hits something */
  begin(targets: PageFaultTargets, strike: () => void): Promise<Heal>;
}

export const nothingToHeal: Heal = async () => {};

import type { SectionProps } from "../section";
import { StartPanel } from "../start/start-panel";

export function Lanes({ state }: SectionProps) {
  return <StartPanel state={state} />;
}

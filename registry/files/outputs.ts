import { blockText } from "../hcl/block";
import type { Synthesized } from "../stack/synthesize";

/** outputs.tf: the outputs in the order of their table. */
export const outputsFile = ({ output }: Synthesized): string =>
  Object.entries(output)
    .map(([name, body]) => blockText(`output "${name}"`, body))
    .join("\n");

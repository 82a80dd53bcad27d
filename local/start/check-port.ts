import { MachineError } from "../../tools/failures/machine-error";
import { checkPort } from "../../tools/processes/port";
import { type RunningPipeline, runningPipelines } from "../running";

/**
 * Checks that a port is free, like `checkPort`; knows the pipelines that run from this clone.
 *
 * @param what the program that needs the port, such as `OpenSearch`
 * @throws MachineError naming the pipeline, or the program, that listens on it
 */
export async function checkPipelinePort(port: number, what: string, running = runningPipelines): Promise<void> {
  try {
    await checkPort(port, what);
  } catch (error) {
    const pipelines = await running().catch(() => []);
    const pipeline = pipelines.find((one) => originsOf(one).includes(`http://127.0.0.1:${port}`));
    if (!pipeline) throw error;
    throw new MachineError(
      `${what} cannot listen on port ${port}: the pipeline of process ${pipeline.pid}, started from this folder, already does.`,
      `End that pipeline: npm start -- stop --pid ${pipeline.pid}. Or choose another port.`,
    );
  }
}

function originsOf({ services }: Pick<RunningPipeline, "services">): string[] {
  return services ? [services.emulatorUrl, services.searchEndpoint].map((url) => new URL(url).origin) : [];
}

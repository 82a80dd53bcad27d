import { awsClients } from "../local/aws/clients";
import { type RunningPipeline, servicesOf } from "../local/running";
import { logDirectoryIn } from "../local/start/session";
import { counted } from "../tools/text/numbers";
import { oneLine } from "../tools/text/one-line";
import { deploy } from "./deploy";
import type { LoggedInvocation } from "./invocation";
import { invokeWithSamples, type SampleOptions } from "./invoke";
import { type Watch, watchFunction } from "./watch";

export interface DevOptions extends SampleOptions {
  /** The repository, or a copy of it. */
  readonly root: string;
  /** The function of every lane: a folder of functions/. */
  readonly name: string;
  /** Called for each build, because the pipeline may have been restarted. @throws RunningPipelineError */
  pipeline(): Promise<Pick<RunningPipeline, "pid" | "directory" | "services">>;
  /** Called with text for a person: a line for each build, with details below it. */
  print(text: string): void;
}

/**
 * Watches a function's sources: each build is deployed into the running pipeline and invoked there with sample events. A
 * later build replaces one that is still awaited. Failures are printed and do not end the watch.
 */
export async function dev(options: DevOptions): Promise<Watch> {
  let current = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let isRetried = false;
  const deployAndInvoke = async (zip: Uint8Array, signal: AbortSignal) => {
    const result = await resultOf(zip, options, signal);
    const text = resultText(result, isRetried);
    isRetried = result.invocation.isRetried;
    return text;
  };
  const print = (head: string, work: (signal: AbortSignal) => Promise<string>) => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    last = last
      .then(() => work(signal))
      .catch((error: Error) => oneLine(error.message))
      .then((text) => {
        if (!signal.aborted) options.print(`${new Date().toISOString().slice(11, 19)} ${head}${text}`);
      });
  };
  const watch = await watchFunction({
    ...{ root: options.root, name: options.name },
    onBuild: ({ zip, tookMs }) =>
      print(`built in ${Math.round(tookMs)} ms, `, (signal) => deployAndInvoke(zip, signal)),
    onErrors: (text) => print("not built:\n", async () => text),
  });
  return {
    async stop() {
      current.abort();
      await watch.stop();
      await last;
    },
  };
}

interface Result {
  /** What was deployed and put, in one line. */
  readonly done: string;
  readonly invocation: LoggedInvocation;
}

async function resultOf(zip: Uint8Array, options: DevOptions, signal: AbortSignal): Promise<Result> {
  const running = await options.pipeline();
  const { emulatorUrl } = servicesOf(running);
  const clients = awsClients(emulatorUrl);
  const logDirectory = logDirectoryIn(running.directory);
  const functions = await deploy(clients, emulatorUrl, logDirectory, zip, signal);
  const deployed = functions === 0 ? "unchanged" : `deployed to ${counted(functions, "function")}`;
  const { events, invocation } = await invokeWithSamples(clients, emulatorUrl, logDirectory, options, signal);
  const put = `${counted(events, "event")} put into ${oneLine(options.logGroup)}`;
  return { done: `${deployed}, ${put}`, invocation };
}

/** Formats what was done in one line, and the invocation below it. @param isRetried whether the invocation before it is */
export function resultText({ done, invocation }: Result, isRetried: boolean): string {
  const whose = isRetried ? ", which may be of the earlier events that are retried" : "";
  return [done, `first invocation${whose}: ${invocation.text}`, ...invocation.details].join("\n  ");
}

import type { Session } from "../start/session";
import { faultsSection } from "./faults/section";
import { putSection } from "./put/section";
import { quarantineSection } from "./quarantine/section";
import { searchSection } from "./search/section";
import { sessionSources } from "./search/session-sources";
import { buildPage, type PageAssets } from "./server/assets";
import { startPageServer } from "./server/page-server";
import { isOver, type PipelinePhase } from "./shared/page-state";
import { LaneMonitor } from "./state/lane-monitor";
import { CostOfRate } from "./state/monthly-cost";
import { PlannedDeployment } from "./state/planned-deployment";
import { pageServices } from "./state/services";
import { type StartTask, stepTree } from "./state/step-tree";

/** How often what is shown is collected: at most as often it is sent. */
const INTERVAL_MS = 1_000;

export interface Page {
  readonly url: string;
  /** The start is done. */
  started(): void;
  /** The pipeline ends. Only the first call counts. @param failure why, and what to do; undefined: because somebody has stopped it */
  over(failure?: string): void;
  stop(): Promise<void>;
}

export interface PageOptions {
  /** The steps of the start. */
  readonly tasks: readonly StartTask[];
  /** What is known of the pipeline, more with each step. */
  readonly session: Partial<Session>;
  /** @default bundles the page */
  readonly assets?: PageAssets;
}

/** Starts the page of a pipeline that is starting, too. @throws ProcessError when it cannot be bundled */
export async function startPage({ tasks, session, assets }: PageOptions): Promise<Page> {
  const monitor = new LaneMonitor(session);
  const faults = faultsSection(session);
  const put = putSection({ session, targets: () => monitor.putTargets });
  const quarantine = quarantineSection(session);
  const sections = [searchSection(sessionSources(session)), put, faults, quarantine];
  const server = await startPageServer({ assets: assets ?? (await buildPage()), sections });
  const { onInvocation } = session;
  session.onRead = (records) => put.read(records);
  session.onInvocation = (event) => {
    onInvocation?.(event);
    put.invoked(event);
  };
  let phase: PipelinePhase = "starting";
  let failure: string | undefined;
  let isBusy = false;
  const deployment = new PlannedDeployment(session);
  const rate = new CostOfRate();
  const show = () => {
    const planned = deployment.value;
    rate.add(monitor.streamTallies, Date.now());
    const cost = planned && rate.of(planned);
    const { plan } = session;
    const [puts, { state }] = [put.state, faults];
    const { entries } = quarantine;
    server.show({
      at: Math.floor(Date.now() / 1_000),
      phase,
      ...(failure !== undefined && { failure }),
      steps: stepTree(tasks, isOver(phase)),
      services: pageServices(session, isOver(phase)),
      ...(plan !== undefined && { plan }),
      lanes: monitor.lanes,
      ...(cost && { cost }),
      ...(puts && { put: puts }),
      ...(state && { faults: state }),
      ...(entries !== undefined && { quarantined: entries }),
    });
  };
  show();
  const showing = setInterval(async () => {
    faults.update();
    put.update(faults.state?.faults.some(({ status }) => status === "on") === true);
    void quarantine.update();
    // What takes longer than an interval is not asked again meanwhile.
    if (isBusy) return show();
    isBusy = true;
    // The pipeline goes on, whatever the page cannot count.
    await monitor.update().catch(() => {});
    isBusy = false;
    show();
  }, INTERVAL_MS).unref();
  return {
    url: server.url,
    started() {
      phase = "running";
      show();
    },
    over(why) {
      if (isOver(phase)) return;
      phase = why === undefined ? "stopped" : "failed";
      failure = why;
      show();
    },
    async stop() {
      clearInterval(showing);
      await Promise.all([monitor.stop(), quarantine.stop()]);
      await server.stop();
    },
  };
}

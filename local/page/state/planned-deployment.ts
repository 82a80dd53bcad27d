import type { Deployment } from "../../../cost/plan/deployment";
import { deploymentOf } from "../../../cost/plan/deployment-of";
import { readResources } from "../../../cost/plan/resources";
import type { Session } from "../../start/session";

/** The deployment that the account's plan would make. */
export class PlannedDeployment {
  #deployment: Deployment | undefined;
  #isAsked = false;

  constructor(private readonly session: Partial<Session>) {}

  /** Undefined until Terraform has shown the plan; without it the page shows no cost. */
  get value(): Deployment | undefined {
    const { report, accountPlan } = this.session;
    // It takes CPU: nobody waits for it while the first events are delivered.
    if (report !== undefined && accountPlan !== undefined && !this.#isAsked) {
      this.#isAsked = true;
      accountPlan.showPlan().then(
        (json) => {
          const resources = readResources(json, []);
          this.#deployment = resources && deploymentOf(resources);
        },
        () => {},
      );
    }
    return this.#deployment;
  }
}

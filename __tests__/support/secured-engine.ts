import { setTimeout as sleep } from "node:timers/promises";
import { basicAuthorization } from "../../core/http/credentials/authorization";
import { type Engine, startEngine } from "../../local/opensearch/engine";
import { MASTER, SECURED } from "./secured-release";

/** Long and odd enough for the plugin's rules of passwords. */
export const PASSWORD = "Vf7-quiet.Harbour.19";

export interface CallerAnswer {
  status: number;
  text: string;
}

/** Calls the engine as one user. A body that is no text is sent as JSON. */
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<CallerAnswer>;

export function callerAs(engine: Engine, user: string, password = PASSWORD): Caller {
  const Authorization = basicAuthorization(user, password);
  return async (method, path, body, headers) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(engine.url + path, {
      method,
      headers: { Authorization, "Content-Type": "application/json", ...headers },
      ...(body !== undefined && { body: text }),
    });
    return { status: response.status, text: await response.text() };
  };
}

/** Starts the secured engine, and makes these users, who may do nothing. */
export async function startSecuredEngine(users: readonly string[]): Promise<{ engine: Engine; master: Caller }> {
  const engine = await startEngine(SECURED);
  const master = callerAs(engine, MASTER.user, MASTER.password);
  // The plugin writes its index after the node is up.
  while ((await master("GET", "/")).status !== 200) await sleep(100);
  for (const user of users) {
    const { status, text } = await master("PUT", `/_plugins/_security/api/internalusers/${user}`, {
      password: PASSWORD,
    });
    if (status !== 201) throw new Error(text);
  }
  return { engine, master };
}

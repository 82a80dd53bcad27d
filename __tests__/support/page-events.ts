import { HEARTBEAT_EVENT, PATCH_EVENT, type PageState } from "../../local/page/shared/page-state";
import { patched, type StatePatch } from "../../local/page/shared/state-patch";

/** Reads the server-sent events of a response, each with its lines, but those that only say that the server lives. */
export async function* serverSentEvents(response: Response): AsyncGenerator<string> {
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = text.slice(0, end);
      if (!event.startsWith(`event: ${HEARTBEAT_EVENT}\n`)) yield event;
      text = text.slice(end + 2);
    }
  }
}

/** Reads what an open page is shown. @param link of the page @throws TypeError when the process that serves it ends */
export async function* shownStates(link: string): AsyncGenerator<PageState> {
  let state: PageState | undefined;
  for await (const event of serverSentEvents(await fetch(`${link}api/state`))) {
    const [, name, json] = /^event: (.*)\ndata: (.*)$/.exec(event) ?? [];
    if (json === undefined) continue;
    const data: unknown = JSON.parse(json);
    state = (name === PATCH_EVENT ? patched(state, data as StatePatch) : data) as PageState;
    yield state;
  }
}

/** Collects what an open page is shown until the process that serves it ends. */
export async function allShown(link: string): Promise<PageState[]> {
  const states: PageState[] = [];
  try {
    for await (const state of shownStates(link)) states.push(state);
  } catch (error) {
    if ((error as Error).message !== "terminated") throw error;
  }
  return states;
}

import type { Session } from "../../start/session";
import type { PageService } from "../shared/page-state";

/** Returns the services of a pipeline that have an address by now. */
export function pageServices({
  emulatorUrl,
  searchEndpoint,
  isSearchUp = false,
}: Partial<Pick<Session, "emulatorUrl" | "searchEndpoint" | "isSearchUp">>): PageService[] {
  return [
    ...(emulatorUrl === undefined ? [] : [{ name: "AWS emulator", url: emulatorUrl, isUp: true }]),
    ...(searchEndpoint === undefined ? [] : [{ name: "Search engine", url: searchEndpoint, isUp: isSearchUp }]),
  ];
}

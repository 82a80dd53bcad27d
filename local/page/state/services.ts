import type { Session } from "../../start/session";
import type { PageService } from "../shared/page-state";

type KnownServices = Partial<Pick<Session, "emulatorUrl" | "searchEndpoint" | "isOwnEngine" | "isSearchUp">>;

/** Returns the services of a pipeline that have an address by now. @param isOver whether the pipeline has ended, and its own with it */
export function pageServices(
  { emulatorUrl, searchEndpoint, isOwnEngine, isSearchUp = false }: KnownServices,
  isOver: boolean,
): PageService[] {
  const engineStatus = isOver && isOwnEngine ? "ended" : isSearchUp ? "up" : "awaited";
  return [
    ...(emulatorUrl === undefined
      ? []
      : [{ name: "AWS emulator", url: emulatorUrl, status: isOver ? "ended" : "up" } as const]),
    ...(searchEndpoint === undefined
      ? []
      : [{ name: "Search engine", url: searchEndpoint, status: engineStatus } as const]),
  ];
}

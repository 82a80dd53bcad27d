import { isOnThisMachine } from "../../core/settings/origin";

/** A path of plain segments; `URL` alone accepts much more. */
const FORM = /^https?:\/\/[^/?#@\\\s]+(\/[\w.~-]+)*\/?$/i;

/** Dashboards' URL, such as the output `dashboards_url`; without the last slash. */
export const dashboardsValue = {
  allowed: "an https:// URL without user and query, such as https://…/_dashboards (http:// only for localhost)",
  mayHoldPassword: true,
  parse(given: string): string | undefined {
    const url = FORM.test(given) && URL.canParse(given) ? new URL(given) : undefined;
    const isAllowed = url?.protocol === "https:" || (url && isOnThisMachine(url));
    return isAllowed ? `${url.origin}${url.pathname.replace(/\/$/, "")}` : undefined;
  },
} as const;

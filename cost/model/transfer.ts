import type { Deployment } from "../plan/deployment";
import { forwardersOf, type MonthlyTraffic } from "./traffic";
import { type Usage, usagesOf } from "./usage";

/** What gzip leaves of bodies: docs/terraform.md, compress_requests. */
const COMPRESSED = 0.1;

/** What requests to the search endpoint transfer, where AWS charges for that. */
export function transferUsage(deployment: Deployment, { sentGb }: MonthlyTraffic): Usage[] {
  const usage = usagesOf("data transfer");
  const forwarder = forwardersOf(deployment)[0];
  if (forwarder === undefined) return [];
  const { SEARCH_ENDPOINT: endpoint, COMPRESS_REQUESTS: compresses } = forwarder.variables;
  const gb = sentGb * (compresses === "true" ? COMPRESSED : 1);
  const domain = deployment.domains[0];
  const zones = domain?.isInVpc && forwarder.isInVpc ? domain.zones : 1;
  const isElsewhere =
    domain === undefined && endpoint !== undefined && !/\.amazonaws\.com(\.cn)?(:\d+)?(\/|$)/.test(endpoint);
  return [
    usage("requests to an endpoint outside AWS", "transfer_internet_gb", isElsewhere ? gb : 0),
    // Both the sender and the receiver pay.
    usage("requests between Availability Zones", "transfer_zone_gb", 2 * gb * (1 - 1 / zones)),
  ];
}

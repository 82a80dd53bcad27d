import type { Format } from "./format";
import { ACCOUNT, hex, ipv4, ipv6, port } from "./values";

/** Source: Amazon VPC User Guide, "Flow log records", the default format (version 2). */
export const vpcFlow: Format = {
  line({ random, time }) {
    const end = Math.floor(time.getTime() / 1000);
    const when = `${end - random.integer(10, 600)} ${end}`;
    const start = `2 ${ACCOUNT} eni-0${hex(random, 16)}`;
    if (random.chance(0.05)) return `${start} ${"- ".repeat(7)}${when} - ${random.pick(["NODATA", "SKIPDATA"])}`;
    const address = random.chance(0.1) ? ipv6 : ipv4;
    const packets = random.integer(1, 2_000);
    const [ports, protocol] = random.chance(0.05)
      ? ["0 0", 1]
      : [`${port(random)} ${random.pick([22, 53, 80, 443, 3389, 5432])}`, random.pick([6, 6, 17])];
    const action = random.pick(["ACCEPT", "ACCEPT", "REJECT"]);
    const traffic = `${packets} ${packets * random.integer(40, 1_500)}`;
    return `${start} ${address(random)} ${address(random)} ${ports} ${protocol} ${traffic} ${when} ${action} OK`;
  },
};

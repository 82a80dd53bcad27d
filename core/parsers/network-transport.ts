import { putField } from "./field-path";
import type { PutMember } from "./json-members";
import type { FieldTree } from "./parsed-message";
import { SpanOp } from "./span-ops";
import type { ReaderStep, ReadWord } from "./span-step";

/** Names of ECS's `network.transport`, by IANA's "Assigned Internet Protocol Numbers". */
const TRANSPORTS: ReadonlyMap<string, string> = new Map([
  ...([
    ["1", "icmp"],
    ["2", "igmp"],
    ["4", "ipv4"],
    ["6", "tcp"],
    ["17", "udp"],
    ["41", "ipv6"],
    ["47", "gre"],
  ] as const),
  ...([
    ["50", "esp"],
    ["51", "ah"],
    ["58", "ipv6-icmp"],
    ["89", "ospfigp"],
    ["103", "pim"],
    ["112", "vrrp"],
  ] as const),
  ...([
    ["115", "l2tp"],
    ["132", "sctp"],
    ["136", "udplite"],
  ] as const),
]);

const NUMBERS: ReadonlyMap<string, string> = new Map([...TRANSPORTS].map(([number, name]) => [name, number]));

const IANA_NUMBER = ["network", "iana_number"];
const TRANSPORT = ["network", "transport"];

/** Returns the name that a protocol's number has in `network.transport`; undefined: none. */
export const transportOf = (number: string): string | undefined => TRANSPORTS.get(number);

const putTransport = (name: unknown, fields: FieldTree) => {
  if (typeof name !== "string") return false;
  const transport = name.toLowerCase();
  putField(fields, TRANSPORT, transport);
  putField(fields, IANA_NUMBER, NUMBERS.get(transport));
  return true;
};

/** As AWS's services write them. */
const WRITTEN = ["TCP", "UDP", "ICMP", "IPv6-ICMP"];
const words = (read: (transport: string) => string | undefined): ReaderStep => ({
  op: SpanOp.words,
  words: WRITTEN.map((word): ReadWord => [word, read(word.toLowerCase())]),
  hasOtherWords: true,
});

/** Puts the number and the name of a protocol by its name, such as `TCP`. */
export const toTransport: PutMember = Object.assign(putTransport, {
  described: {
    kind: "strings" as const,
    texts: [
      { paths: [TRANSPORT.join(".")], step: words((transport) => transport) },
      { paths: [IANA_NUMBER.join(".")], step: words((transport) => NUMBERS.get(transport)) },
    ],
  },
});

/** Flags of TCP by their bits: RFC 9293. */
const FLAGS = ["fin", "syn", "rst", "psh", "ack", "urg"];

/** Returns the names of the flags of a segment, or of all segments of a flow. */
export const tcpFlagNames = (flags: number): readonly string[] => FLAGS.filter((_, bit) => flags & (1 << bit));

/** The same for each number of their bits, in hexadecimal digits. */
export const tcpFlagWords = (): readonly ReadWord[] =>
  Array.from({ length: 1 << FLAGS.length }, (_, flags): ReadWord => {
    const names = tcpFlagNames(flags);
    return [flags.toString(16), names.length === 0 ? undefined : names];
  });

import type { FieldWriter } from "./field-put";
import { asInteger, asIp, asText, isAbsent } from "./field-values";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** Where the host ends. Up to the last colon if digits follow: IPv6 addresses have colons, too. */
export function endOfHost(text: string): number {
  const colon = text.lastIndexOf(":");
  return colon > 0 && isPort(text, colon + 1) ? colon : text.length;
}

function isPort(text: string, from: number): boolean {
  if (from === text.length || text.length - from > 5) return false;
  for (let i = from; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return false;
  return true;
}

/** The host of `192.168.131.39:2817` or `[2001:db8::1]:443`, without brackets. */
export const asHost = withStep((text: string) => asText(hostOf(text)), { op: SpanOp.host });

const hostOf = (text: string): string => {
  const end = endOfHost(text);
  return text.startsWith("[") && text[end - 1] === "]" ? text.slice(1, end - 1) : text.slice(0, end);
};

/** The same, if it is an address. */
export const asHostIp = withStep((text: string) => asIp(hostOf(text)), { op: SpanOp.hostIp });

export const asHostPort = withStep((text: string) => asInteger(text.slice(endOfHost(text) + 1)), {
  op: SpanOp.hostPort,
});

/** Makes what puts a host and its port, each where it goes: one that is an address is an `ip`, too. */
export const hostAndPort =
  (paths: { address?: string; ip: string; port: string }): FieldWriter =>
  (slotOf) => {
    const address = paths.address === undefined ? undefined : slotOf(paths.address);
    const [ip, port] = [slotOf(paths.ip), slotOf(paths.port)];
    const put = (values: SlotValues, text: string) => {
      const host = hostOf(text);
      const isHost = address !== undefined && !isAbsent(host);
      if (isHost) values[address] = host;
      values[ip] = asIp(host);
      values[port] = asHostPort(text);
      return isHost || values[ip] !== undefined || values[port] !== undefined;
    };
    return withStep(put, { op: SpanOp.hostAndPort, slots: [address, ip, port] });
  };

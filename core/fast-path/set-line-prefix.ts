import { linePrefixOf } from "./line-prefix";
import type { OpenEnvelope } from "./open-envelope";
import type { WasmEncoder } from "./wasm-encoder";

/** Sets the line prefix of a record for the slot of the current event. @returns its length in bytes */
export function setLinePrefix(encoder: WasmEncoder, envelope: OpenEnvelope): number {
  const { exports, memory, LINE_PREFIX } = encoder;
  const at = Number(exports.time.value);
  const { prefix, named, places } = envelope;
  if (prefix) return prefix.set(encoder, at, places);
  const { text, id, time, cloud, from, until } = linePrefixOf(
    encoder,
    { ...named, fields: envelope.fields },
    named.indices.at(at),
  );
  const length = memory.all.write(text, LINE_PREFIX);
  exports.setLinePrefix(length, id, time, cloud, from, until);
  return length;
}

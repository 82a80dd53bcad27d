import { WasmEncoder } from "./wasm-encoder";

let loaded: WasmEncoder | undefined;

/** The encoder that has envelopes in its memory. What hashes ids uses it, too: it has a place of its own there. */
export function envelopeWasm(): WasmEncoder {
  loaded ??= new WasmEncoder();
  return loaded;
}

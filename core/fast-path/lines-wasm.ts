import { WasmEncoder } from "./wasm-encoder";

let loaded: WasmEncoder | undefined;

/** The encoder that has lines of objects in its memory: from `LINES` on, nothing there is needed between two calls. */
export function linesWasm(): WasmEncoder {
  loaded ??= new WasmEncoder();
  return loaded;
}

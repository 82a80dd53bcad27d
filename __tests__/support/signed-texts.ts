import fc from "fast-check";
import { SIGNATURES } from "../../core/parsers/signatures";
import { anyText } from "./json-texts";

/** Texts that begin as the messages of a format do. */
export const signedText = fc
  .tuple(fc.oneof(...SIGNATURES.map(({ pattern }) => fc.stringMatching(pattern))), anyText)
  .map(([start, rest]) => start + rest);

/** The same with a few characters changed, removed or inserted. */
export const nearlySignedText = fc
  .tuple(signedText, fc.nat(80), fc.nat(2), fc.constantFrom(...' \t"\\/[]{}=:-.,0aA_T#', "\u0661", "\ud800"))
  .map(([text, at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed));

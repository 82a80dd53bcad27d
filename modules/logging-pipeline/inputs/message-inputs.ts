import { bool, field } from "../../inputs/schema";
import { extractedFields } from "./extracted-fields";

/**
 * What documents keep of messages, and what is extracted from them, as members of an input.
 *
 * @param what the messages are called
 */
export const messageMembers = (what: "message" | "line") => ({
  keepMessage: field(
    bool(),
    true,
    "whether a document keeps its `message` when a parser has turned the whole of it into fields",
  ),
  eventOriginal: field(
    bool(),
    false,
    `whether a document that a parser has written has the ${what} in \`event.original\`, too`,
  ),
  fields: field(
    extractedFields,
    {},
    `fields that patterns extract from ${what}s and from other fields, by the field's name; dots lead into objects`,
  ),
});

/** The same as inputs of their own, of a function without log groups. */
export function messageInputs(what: "message" | "line") {
  const { keepMessage, eventOriginal, fields } = messageMembers(what);
  const asSentence = <Field extends { readonly description: string }>(one: Field): Field => ({
    ...one,
    description: `${one.description.charAt(0).toUpperCase()}${one.description.slice(1)}.`,
  });
  return {
    keepMessage: asSentence(keepMessage),
    eventOriginal: asSentence(eventOriginal),
    fields: asSentence(fields),
  };
}

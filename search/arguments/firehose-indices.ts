import type { FirehoseIndices } from "../../core/indices/firehose-templates";
import type { IndexSettings } from "../../core/settings/index-settings";
import type { OptionValue } from "../../tools/usage/option-value";

/** Source: Amazon Data Firehose API Reference, AmazonopensearchserviceDestinationConfiguration: 1 to 80 characters. */
const PATTERN = /^([a-z0-9][a-z0-9._-]{0,79}?)(-\*)?$/;

export const firehoseIndicesValue: OptionValue<FirehoseIndices> = {
  allowed: "what the output index_pattern of firehose-search says, such as shop-*",
  parse(pattern) {
    const [, name] = PATTERN.exec(pattern) ?? [];
    return name === undefined ? undefined : { name, pattern };
  },
};

/** Returns why the pipeline's own indices and these would have one template. @returns undefined: they would not */
export function overlapOf({ pattern }: FirehoseIndices, settings: IndexSettings): string | undefined {
  const beginning = pattern.replace(/\*$/, "");
  const isOpen = beginning !== pattern;
  const prefixes = [settings, ...settings.history].map(({ prefix }) => prefix);
  const common = prefixes.find((prefix) => beginning.startsWith(prefix) || (isOpen && prefix.startsWith(beginning)));
  if (common === undefined) return undefined;
  return (
    `--firehose-indices is ${pattern}, and the pipeline's own indices begin with ${common}: one of them would have the other's ` +
    "template. Give the delivery stream another index_name."
  );
}

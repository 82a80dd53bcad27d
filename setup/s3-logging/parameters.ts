import { OBJECT_COMPRESSIONS } from "../../local/firehose/compression";
import { COMPRESSIONS } from "../../modules/firehose/inputs/objects";
import { firehoseS3Inputs } from "../../modules/firehose/s3/inputs";
import type { InputRule } from "../../modules/inputs/rules";
import { snakeCase } from "../../modules/inputs/schema";
import type { OptionValue } from "../../tools/usage/option-value";

type Input = keyof typeof firehoseS3Inputs;

/** A parameter of S3 logging: an option, a question, and a variable of the stack. */
export interface Parameter {
  readonly input: Input;
  /** Such as `--bucket`. */
  readonly option: string;
  readonly question: string;
  /** What is taken without an answer; undefined: there must be one; null: the question says what happens then. */
  readonly default: string | number | null | undefined;
  readonly value: OptionValue<string | number>;
}

/** Name of the option, question. */
const QUESTIONS = {
  accountId: ["--account-id", "Account"],
  bucket: ["--bucket", "Bucket, which exists"],
  streamName: ["--stream-name", "Name of the delivery stream"],
  role: ["--role", "Role that exists, by name or ARN (empty: one is created)"],
  bufferingIntervalSeconds: ["--rotation-seconds", "Rotation period in seconds: how long Firehose gathers an object"],
  bufferingSizeMib: ["--buffer-mib", "Buffer size in MiB, at which it writes an object earlier"],
  compression: ["--compression", "Compression"],
  prefix: ["--prefix", "Beginning of the keys"],
} as const satisfies Partial<Record<Input, readonly [string, string]>>;

/** The eight parameters, in the order of the questions; limits and defaults are the stack's. */
export const PARAMETERS: readonly Parameter[] = (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).map((input) => {
  const { schema, default: byDefault } = firehoseS3Inputs[input];
  const [option, question] = QUESTIONS[input];
  return { input, option, question, default: byDefault, value: valueBy(schema.kind, schema.rules) };
});

/** What the local Firehose compresses objects by. */
const LOCAL_COMPRESSIONS = Object.entries(COMPRESSIONS).flatMap(([name, format]) =>
  Object.hasOwn(OBJECT_COMPRESSIONS, format) ? [name] : [],
);

const LOCAL_COMPRESSION: OptionValue<string> = {
  allowed: `one of ${LOCAL_COMPRESSIONS.join(", ")}; the local Firehose has no Snappy`,
  parse: (given) => LOCAL_COMPRESSIONS.find((name) => name === given),
};

/** The same with what the local pipeline supports, or AWS. */
export const parametersFor = (local: boolean): readonly Parameter[] =>
  PARAMETERS.map((parameter) =>
    local && parameter.input === "compression" ? { ...parameter, value: LOCAL_COMPRESSION } : parameter,
  );

function valueBy(kind: string, rules: readonly InputRule[]): OptionValue<string | number> {
  return {
    allowed: rules.map(({ allowed }) => allowed).join("; "),
    parse(given) {
      const value = kind === "number" && /^\d+$/.test(given) ? Number(given) : given;
      return rules.every((rule) => rule.accepts(value)) ? value : undefined;
    },
  };
}

/** Values by input; null: the stack's own. */
export type ParameterValues = Readonly<Partial<Record<Input, string | number | null>>>;

/** Returns the stack's variables. */
export function variablesOf(values: ParameterValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).map(([input, value]) => [snakeCase(input), value]));
}

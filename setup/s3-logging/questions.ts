import { harmless, quoted } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import { PARAMETERS, type Parameter, type ParameterValues } from "./parameters";

/** Who answers. */
export interface Answerer {
  /** @returns a line, without its end */
  ask(question: string): Promise<string>;
  say(line: string): void;
}

/**
 * Asks for each parameter that is not given; an empty answer takes the default, and a wrong one is asked again.
 *
 * @param accountId the caller's: the default of the account
 * @param parameters see `parametersFor`
 * @param check whether the account has what an answer names; a UsageError of it is said
 * @returns all eight
 */
export async function askForMissing(
  given: ParameterValues,
  accountId: string,
  { ask, say }: Answerer,
  parameters: readonly Parameter[] = PARAMETERS,
  check: (answer: ParameterValues) => Promise<void> = async () => {},
): Promise<ParameterValues> {
  const isUsable = async (answer: ParameterValues): Promise<boolean> => {
    try {
      await check(answer);
      return true;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      for (const text of error.errors) say(harmless(text));
      return false;
    }
  };
  const values: Record<string, string | number | null> = { ...given };
  for (const { input, question, value, ...parameter } of parameters) {
    if (values[input] !== undefined) continue;
    const byDefault = input === "accountId" ? accountId : parameter.default;
    const shown = byDefault === undefined || byDefault === null ? "" : ` [${byDefault}]`;
    while (values[input] === undefined) {
      const answer = (await ask(`${question}${shown}: `)).trim();
      const parsed = answer === "" ? byDefault : value.parse(answer);
      if (parsed === undefined)
        say(
          harmless(
            `${answer === "" ? "There is no default." : `${quoted(answer)} is not allowed.`} Allowed: ${value.allowed}.`,
          ),
        );
      else if (await isUsable({ [input]: parsed })) values[input] = parsed;
    }
  }
  return values;
}

/** Takes the defaults of what is not given. */
export function withDefaults(given: ParameterValues, accountId: string): ParameterValues {
  const values: Record<string, string | number | null> = { accountId };
  for (const { input, default: byDefault } of PARAMETERS) if (byDefault !== undefined) values[input] ??= byDefault;
  return { ...values, ...given };
}

/** Whether the answer to a question that does something is yes. */
export const isYes = (answer: string): boolean => /^\s*y(es)?\s*$/i.test(answer);

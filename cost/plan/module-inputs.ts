/**
 * What a module's inputs are in a plan. One that is missing has its default; one that is undefined is told by the plan's
 * expressions, whose values the plan does not have.
 */
export type PlannedInputs = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** Keys of `for_each` and `count`. */
const INDEX = /\[("(\\.|[^"\\])*"|\d+)\]/g;

/**
 * Returns how the inputs of a resource's module are found, by the resource's address: a root module has them as its variables, others
 * as constants of their calls.
 *
 * @param plan what `terraform show -json` prints; a state has no inputs
 */
export function inputsByAddress({ variables, configuration }: Json): (address: string) => PlannedInputs | undefined {
  const root = objectOf(objectOf(configuration)?.root_module);
  const given = objectOf(variables);
  return (address) => {
    const names = [...address.replace(INDEX, "").matchAll(/(?:^|\.)module\.([^.]+)(?=\.)/g)].map(([, name]) => name!);
    if (names.length === 0) return given && valuesOf(given, "value");
    let call: Json | undefined;
    let module = root;
    for (const name of names) {
      call = objectOf(objectOf(module?.module_calls)?.[name]);
      module = objectOf(call?.module);
    }
    return call && valuesOf(objectOf(call.expressions) ?? {}, "constant_value");
  };
}

const valuesOf = (expressions: Json, name: string): PlannedInputs =>
  Object.fromEntries(Object.entries(expressions).map(([input, each]) => [input, objectOf(each)?.[name]]));

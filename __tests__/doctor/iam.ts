import type { AskIam } from "../../tools/iam";

/** An IAM that allows every action, but those of `decisions`. */
export const fakeIam =
  (decisions: Readonly<Record<string, string>> = {}, asked: Readonly<Record<string, string>>[] = []): AskIam =>
  async (Action, parameters) => {
    asked.push({ Action, ...parameters });
    const decision = decisions[parameters["ActionNames.member.1"] ?? ""] ?? "allowed";
    const [, code, message] = /^(\w+): (.*)$/.exec(decision) ?? [];
    if (message !== undefined) {
      const body = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return { status: code === "NoSuchEntity" ? 404 : 403, body };
    }
    const [evaluated, missing] = decision.split(" without ");
    const values = missing === undefined ? "" : `<member>${missing}</member>`;
    const result = `<EvalDecision>${evaluated}</EvalDecision><MissingContextValues>${values}</MissingContextValues>`;
    return { status: 200, body: `<EvaluationResults><member>${result}</member></EvaluationResults>` };
  };

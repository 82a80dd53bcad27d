import { withSharedTexts } from "../../build/shared-texts";

const resultOf = (code: string): unknown => new Function(`let result; ${code}; return result`)();

describe("withSharedTexts", () => {
  it("changes nothing that the code does, and has a repeated text once", () => {
    const code = `"use strict";
      function late(e) { switch (e) { case"returned to Lambda": return"returned to Lambda"; default: return"returned to Lambda"in{}||typeof e==="returned to Lambda" } }
      var table = { "returned to Lambda": "returned to Lambda", is: ["returned to Lambda", 'returned to Lambda', \`returned to Lambda\`] };
      var { "returned to Lambda": given = "returned to Lambda" } = table;
      class Rule { "returned to Lambda" = "returned to Lambda" }
      result = [late("returned to Lambda"), late(""), table, given, new Rule()["returned to Lambda"], "once in the whole code"].map((e) => JSON.stringify(e));`;
    const shared = withSharedTexts(code);
    expect(resultOf(shared)).toEqual(resultOf(code));
    expect(shared).toContain(`var $aa="returned to Lambda";function late`);
    // The variable, three names of properties, and the template.
    expect(shared.split("returned to Lambda")).toHaveLength(1 + 1 + 3 + 1);
    expect(shared).toContain('"once in the whole code"');
  });

  it("leaves directives, names of packages and what would become longer as they are", () => {
    const code = `"use strict";"a directive";function f(){"a directive"}var a=require("node:crypto"),b=require("node:crypto"),c=["short","short"],e=c[0]==="no text"||c[1]==="no text"||c[2]==="no text",d=["ten letters","eleven letters"];`;
    expect(withSharedTexts(code)).toBe(code);
  });

  it("takes no name that the code has", () => {
    const code = `var $aa=1;result=[$aa,"a text that is repeated","a text that is repeated"];`;
    expect(resultOf(withSharedTexts(code))).toEqual([1, "a text that is repeated", "a text that is repeated"]);
  });
});

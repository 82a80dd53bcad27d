import { examinedPipeline, functionWith, type PipelineToBreak, ROLE_ARN } from "./pipeline";

const ROLE = ["role-iam", "role-mapping", "archive-writable"];

/** What the checks of the functions' role say: what is found, and what is not known. */
async function said(breakIt: (pipeline: PipelineToBreak) => void): Promise<string[]> {
  const { findings, unchecked } = await examinedPipeline(breakIt);
  return [
    ...findings.filter(({ check }) => ROLE.includes(check)).map(({ check, found }) => `${check}: ${found}`),
    ...unchecked
      .filter(({ checks: [check = ""] }) => ROLE.includes(check))
      .map(({ checks, reason, needs }) => `${checks}? ${reason}${needs === undefined ? "" : ` (${needs})`}`),
  ];
}

/** Sets the domain's access policy. */
const accessPolicy =
  (statement: object, iam: string) =>
  (pipeline: PipelineToBreak): void => {
    const [domain] = Object(pipeline.domains["/2021-01-01/opensearch/domain-info"]!.body).DomainStatusList;
    domain.AccessPolicies = JSON.stringify({ Statement: { Effect: "Allow", Action: "es:ESHttp*", ...statement } });
    pipeline.iam["es:ESHttpPost"] = iam;
  };

describe("the functions' own role", () => {
  it("is simulated with the conditions of the module's policies, and nothing is called", async () => {
    const simulated: Record<string, string>[] = [];
    await examinedPipeline(undefined, { simulated });
    expect(simulated.map((call) => [call.Action, call["ActionNames.member.1"], call["ResourceArns.member.1"]])).toEqual(
      [
        ...["archive/x", "dead-letter/x", "rejected/x", "aws/lambda/x"].map((key) => [
          ...["SimulatePrincipalPolicy", "s3:PutObject", `arn:aws:s3:::logs-archive/${key}`],
        ]),
        ["SimulatePrincipalPolicy", "kms:GenerateDataKey", expect.stringMatching(/^arn:aws:kms:/)],
        ["SimulatePrincipalPolicy", "es:ESHttpPost", "arn:aws:es:eu-central-1:123456789012:domain/logs/_bulk"],
      ],
    );
    expect(simulated.every(({ PolicySourceArn }) => PolicySourceArn === ROLE_ARN)).toBe(true);
    expect(simulated[0]).toMatchObject({
      "ContextEntries.member.1.ContextKeyName": "s3:ResourceAccount",
      "ContextEntries.member.1.ContextKeyValues.member.1": "123456789012",
    });
  });

  it("may be let in by the domain's access policy alone", async () => {
    const policies = [{ AWS: ROLE_ARN }, "*", { AWS: ["arn:aws:iam::123456789012:root"] }];
    for (const Principal of policies) expect(await said(accessPolicy({ Principal }, "implicitDeny"))).toEqual([]);
    const onCondition = { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
    expect(await said(accessPolicy(onCondition, "implicitDeny"))).toEqual([
      expect.stringMatching(/^role-iam\? no policy of the role allows .* on a condition$/),
    ]);
    const found = [expect.stringMatching(/^role-iam: it is (not allowed|denied) es:ESHttpPost/)];
    expect(
      await said(accessPolicy({ Principal: { AWS: "arn:aws:iam::123456789012:role/me" } }, "implicitDeny")),
    ).toEqual(found);
    expect(await said(accessPolicy({ Principal: "*", Action: "es:ESHttpGet" }, "implicitDeny"))).toEqual(found);
    expect(await said(accessPolicy({ Principal: "*" }, "explicitDeny"))).toEqual(found);
  });

  it("is not called healthy where IAM does not say", async () => {
    const denied = "AccessDenied: User: me is not authorized to perform: iam:SimulatePrincipalPolicy";
    expect(
      await said(({ iam }) => {
        iam["es:ESHttpPost"] = denied;
      }),
    ).toEqual([`role-iam? IAM does not say: ${denied.slice("AccessDenied: ".length)} (iam:SimulatePrincipalPolicy)`]);
    expect(
      await said(({ iam }) => {
        iam["s3:PutObject"] = "implicitDeny without aws:SourceVpce";
      }),
    ).toEqual(["archive-writable? whether the role may s3:PutObject depends on the condition key aws:SourceVpce"]);
    expect(
      await said(({ iam }) => {
        iam["es:ESHttpPost"] = "NoSuchEntity: none";
      }),
    ).toEqual(["role-iam: it does not exist"]);
  });

  it("is not simulated for a bucket or a domain of another account, which decides, too", async () => {
    expect(
      await said(({ answers }) => {
        answers.HeadBucketCommand = ({ ExpectedBucketOwner }) => {
          if (ExpectedBucketOwner !== undefined)
            throw Object.assign(new Error("403"), { $metadata: { httpStatusCode: 403 } });
          return {};
        };
      }),
    ).toEqual([expect.stringMatching(/^archive-writable\? the bucket is another account's/)]);
    const SEARCH_ENDPOINT = "https://search-other-abcdefghijklmnopqrstuvwxyz.eu-central-1.es.amazonaws.com";
    expect(await said(functionWith({ SEARCH_ENDPOINT }))).toEqual([
      `role-iam? ${SEARCH_ENDPOINT} is no domain of this account and region`,
    ]);
    // A cluster of one's own does not ask IAM.
    expect(await said(functionWith({ SEARCH_ENDPOINT: "https://logs.example.com" }))).toEqual([]);
  });

  it("does not count where a secret has the login", async () => {
    const secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-abcdef";
    expect(
      await said((pipeline) => {
        functionWith({ SEARCH_SECRET_ARN: secret })(pipeline);
        pipeline.iam["es:ESHttpPost"] = "implicitDeny";
        pipeline.engine["/_plugins/_security/api/rolesmapping"]!.body = {};
      }),
    ).toEqual([]);
  });

  it("has to be mapped to a role that may write the pipeline's indices", async () => {
    const writer = (body: object) => (pipeline: PipelineToBreak) => {
      pipeline.engine["/_plugins/_security/api/roles"]!.body = { "logs-writer": body };
    };
    const bulk = ["indices:data/write/bulk"];
    const onIndices = (pattern: string, action: string) => [{ index_patterns: [pattern], allowed_actions: [action] }];
    const found = [`role-mapping: it is mapped to logs-writer, and none of them may write to cwl-*`];
    expect(
      await said(writer({ cluster_permissions: bulk, index_permissions: onIndices("cwl-*", "write_all") })),
    ).toEqual([]);
    expect(await said(writer({ cluster_permissions: ["*"], index_permissions: onIndices("*", "*") }))).toEqual([]);
    expect(await said(writer({ cluster_permissions: bulk, index_permissions: onIndices("cwl-*", "read") }))).toEqual(
      found,
    );
    expect(
      await said(writer({ cluster_permissions: bulk, index_permissions: onIndices("app-*", "write_all") })),
    ).toEqual(found);
    expect(await said(writer({ cluster_permissions: [], index_permissions: onIndices("cwl-*", "write_all") }))).toEqual(
      found,
    );
  });

  it("is asked of the security plugin alone, by whoever may", async () => {
    const path = "/_plugins/_security/api/roles/none";
    expect(
      await said(({ engine }) => {
        engine[path] = { status: 400, body: {} };
      }),
    ).toEqual([]);
    expect(
      await said(({ engine }) => {
        engine[path] = { status: 403, body: {} };
      }),
    ).toEqual([expect.stringMatching(/^role-mapping\? .* \(es:ESHttpGet, restapi:admin\/rolesmapping, /)]);
  });
});

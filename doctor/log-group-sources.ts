import {
  type CloudWatchLogsClient,
  DescribeAccountPoliciesCommand,
  DescribeDestinationsCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { parsedObject } from "../core/json/object";
import { laneName } from "../modules/logging-pipeline/lane-name";
import { UncheckedError } from "./examined";

/** Pages of 50 log groups that are looked through for one. */
const MAX_PAGES = 20;

/** A subscription of a log group that goes to a stream of the pipeline. */
export interface FoundSubscription {
  readonly stream: string;
  readonly filterPattern: string;
}

/** What CloudWatch Logs says of a log group; undefined: it does not exist. */
export type FoundLogGroup =
  | { readonly filters: number; readonly subscriptions: readonly FoundSubscription[] }
  | undefined;

/** The log groups from which events come, each asked for once. */
export class LogGroupSources {
  private readonly groups = new Map<string, Promise<FoundLogGroup>>();

  /** @param pipeline its name */
  constructor(
    private readonly pipeline: string,
    private readonly logs: Pick<CloudWatchLogsClient, "send">,
  ) {}

  /** Returns a log group with the subscriptions that go to the pipeline. @throws what CloudWatch Logs answers */
  find(logGroup: string): Promise<FoundLogGroup> {
    const found = this.groups.get(logGroup) ?? this.ask(logGroup);
    this.groups.set(logGroup, found);
    return found;
  }

  private async ask(logGroup: string): Promise<FoundLogGroup> {
    const { logGroups = [] } = await this.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup }));
    // The shortest of those that begin with it comes first.
    if (!logGroups.some((group) => group.logGroupName === logGroup)) return undefined;
    const { subscriptionFilters = [] } = await this.logs.send(
      new DescribeSubscriptionFiltersCommand({ logGroupName: logGroup }),
    );
    const own = subscriptionFilters.flatMap(({ destinationArn, filterPattern = "" }) => {
      const stream = this.streamIn(destinationArn);
      return stream === undefined ? [] : [{ stream, filterPattern }];
    });
    const subscriptions = own.length > 0 ? own : await this.subscriptionsOfAccount(logGroup);
    return { filters: subscriptionFilters.length, subscriptions };
  }

  private streamIn(arn: unknown): string | undefined {
    const [, stream] = typeof arn === "string" ? arn.split(":stream/") : [];
    return stream?.startsWith(`${this.pipeline}_`) ? stream : undefined;
  }

  /** Of a policy, which holds for all log groups but those that it names. */
  private async subscriptionsOfAccount(logGroup: string): Promise<FoundSubscription[]> {
    const { accountPolicies = [] } = await this.logs.send(
      new DescribeAccountPoliciesCommand({ policyType: "SUBSCRIPTION_FILTER_POLICY" }),
    );
    return accountPolicies.flatMap(({ policyDocument = "", selectionCriteria = "" }) => {
      const { DestinationArn, FilterPattern = "" } = parsedObject(policyDocument) ?? {};
      const stream = this.streamIn(DestinationArn);
      const isLeftOut = selectionCriteria.includes(JSON.stringify(logGroup));
      return stream === undefined || isLeftOut ? [] : [{ stream, filterPattern: String(FilterPattern) }];
    });
  }

  /**
   * Returns the log group that has a stream of its own, by the stream's name: the log group's, or what is left of it and its hash.
   *
   * @throws UncheckedError where too many log groups may be it
   */
  async ofOwnStream(stream: string): Promise<string | undefined> {
    const slug = stream.slice(this.pipeline.length + 1);
    if (laneName(this.pipeline, slug) === stream) return slug;
    const [shortened = ""] = slug.split("_");
    const [longest = ""] = shortened.split("-").sort((one, other) => other.length - one.length);
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { logGroups = [], nextToken } = await this.logs.send(
        new DescribeLogGroupsCommand({
          ...(longest !== "" && { logGroupNamePattern: longest }),
          ...(token && { nextToken: token }),
        }),
      );
      const found = logGroups.find(({ logGroupName = "" }) => laneName(this.pipeline, logGroupName) === stream);
      if (found) return found.logGroupName;
      if (!nextToken) return undefined;
      token = nextToken;
    }
    throw new UncheckedError(
      `its log group is none of the first ${MAX_PAGES * 50} whose names have ${JSON.stringify(longest)}; name it by --log-group`,
    );
  }

  /** Whether log groups of other accounts send to a stream. @throws what CloudWatch Logs answers */
  async isDestination(stream: string): Promise<boolean> {
    const { destinations = [] } = await this.logs.send(
      new DescribeDestinationsCommand({ DestinationNamePrefix: this.pipeline }),
    );
    return destinations.some(({ targetArn }) => this.streamIn(targetArn) === stream);
  }
}

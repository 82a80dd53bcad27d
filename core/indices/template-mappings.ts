import { LABEL_NAMES } from "../settings/object-names";

/** The types of fields that not every engine has. */
export interface EngineFeatures {
  /** For messages: phrases without positions, from OpenSearch 2.12 and Elasticsearch 7.14 on. `text` elsewhere. */
  hasMatchOnlyText: boolean;
  /**
   * For objects whose names are data, in one field: OpenSearch from 2.19 on, and Elasticsearch's default distribution from 7.3
   * on. Elsewhere their members are kept and cannot be searched: as fields, `app` and `app.kubernetes.io/name` exclude each other.
   */
  labels: "flat_object" | "flattened" | "none";
}

/** Lucene's longest term is 32,766 bytes of UTF-8; engines count a text in units of UTF-16, each of up to 3 bytes. */
const MAX_TERM_CHARACTERS = Math.floor(32_766 / 3);

/**
 * Of objects in a `flattened` one, whose own default is 20: as many as a message that is sent as fields may have. A `flat_object`
 * takes them.
 */
const FLATTENED_LEVELS = 100;

const KEYWORD = { type: "keyword", ignore_above: MAX_TERM_CHARACTERS };

/**
 * One type for numbers, so that 18 does not keep 18.593 out of ranges. A double has 53 bits, so `exact` has the number's
 * own digits, and whatever else comes where a number came first: neither makes a document text.
 */
const NUMBER = {
  type: "double",
  ignore_malformed: true,
  fields: { exact: { ...KEYWORD, doc_values: false } },
};

/** Strings that are read rather than counted: the messages of loggers, and the stacks of errors. */
const MESSAGE_NAMES = [
  ...["message", "msg", "@m", "@mt", "@x", "MessageTemplate", "RenderedMessage", "log", "errorMessage", "errorVerbose"],
  ...["exception", "Exception", "stack", "stacktrace", "stackTrace", "stack_trace"],
];

/** Loggers disagree about whether these are numbers. */
const WORD_NAMES = ["level", "Level", "severity", "@l"];

/**
 * What CloudTrail keeps of a call: the members are those of each AWS API, thousands in all, where an index has room for 2,000. What
 * it calls additional has a few names for each service, and an index pays less for fields than for one that finds all their paths.
 */
const CALL_NAMES = ["requestParameters", "responseElements", "serviceEventDetails"];

/** The same, and the lists of rules and headers of WAF, as parsers name them. */
const PARSED_NAMES = [
  "cloudtrail\\.(request_parameters|response_elements|service_event_details|insight_details|event_context)",
  "cloudtrail\\.user_identity\\.session_context\\.web_id_federation_data",
  "firewall\\.rule_metadata",
  "waf\\.(rule_group_list|rate_based_rule_list|non_terminating_matching_rules|terminating_rule_match_details)",
  "waf\\.(request\\.headers|request_headers_inserted)",
];

/** ECS's fields of addresses, for searches by network: `10.0.0.0/8`. What is no address is kept, and not searched. */
const ADDRESS_FIELDS = ["source.ip", "destination.ip", "client.ip"];
const ADDRESS = { type: "ip", ignore_malformed: true };

/** ECS's fields of times that parsers write, for ranges of time; other texts are kept as those are. */
const TIME_FIELDS = [
  ...["event.start", "event.end"],
  ...["client", "server"].flatMap((side) => [`tls.${side}.not_before`, `tls.${side}.not_after`]),
];
// By ISO 8601 alone: milliseconds are numbers, and of a text with too many digits an engine may make an error.
const TIME = { type: "date", format: "strict_date_optional_time", ignore_malformed: true };

/** The mapping of texts by the path of their field. */
const textsAt = (paths: readonly string[], mapping: object) =>
  paths.map((path_match) => ({ [path_match]: { match_mapping_type: "string", path_match, mapping } }));

const LABELLED = {
  flat_object: { type: "flat_object" },
  flattened: { type: "flattened", depth_limit: FLATTENED_LEVELS },
  none: { type: "object", enabled: false },
} as const satisfies Record<EngineFeatures["labels"], object>;

const anyOf = (names: readonly string[]) => ({ match_pattern: "regex", match: `^(${names.join("|")})$` });

const belowAws = (paths: readonly string[]) => ({
  match_pattern: "regex",
  path_match: `^aws\\.(${paths.join("|")})$`,
});

/** The same for fields of these names whatever their first value: one event must not decide how those of all others are searched. */
const firstOf = (types: readonly string[], names: readonly string[], title: string, mapping: object) =>
  types.map((type) => ({ [`${title}_${type}`]: { match_mapping_type: type, ...anyOf(names), mapping } }));

/** Returns the mappings of the pipeline's own fields, and what an engine makes of an application's. */
export function templateMappings({ hasMatchOnlyText, labels }: EngineFeatures): Record<string, unknown> {
  const message = hasMatchOnlyText ? { type: "match_only_text" } : { type: "text", norms: false };
  const labelled = LABELLED[labels];
  const labelNames = labels === "none" ? LABEL_NAMES : [...LABEL_NAMES, ...CALL_NAMES];
  const members = (properties: object) => ({ properties });
  const kubernetes = members(Object.fromEntries(LABEL_NAMES.map((name) => [name, labelled])));
  const s3 = members({ bucket: members({ name: KEYWORD }), object: members({ key: KEYWORD }), rejection: KEYWORD });
  const cloudwatch = members({ log_group: KEYWORD, log_stream: KEYWORD, rejection: KEYWORD, event_count: NUMBER });
  return {
    date_detection: false,
    numeric_detection: false,
    dynamic_templates: [
      ...firstOf(["string", "long", "double", "boolean"], MESSAGE_NAMES, "messages", message),
      { labels: { match_mapping_type: "object", ...anyOf(labelNames), mapping: labelled } },
      { parsed: { match_mapping_type: "object", ...belowAws(PARSED_NAMES), mapping: labelled } },
      ...firstOf(["long", "double"], WORD_NAMES, "words", KEYWORD),
      ...textsAt(ADDRESS_FIELDS, ADDRESS),
      ...textsAt(TIME_FIELDS, TIME),
      { longs: { match_mapping_type: "long", mapping: NUMBER } },
      { doubles: { match_mapping_type: "double", mapping: NUMBER } },
      // A boolean takes no other value.
      { booleans: { match_mapping_type: "boolean", mapping: KEYWORD } },
      { strings: { match_mapping_type: "string", mapping: KEYWORD } },
    ],
    properties: {
      "@timestamp": { type: "date" },
      message,
      cloud: members({ account: members({ id: KEYWORD }), provider: KEYWORD, region: KEYWORD }),
      aws: members({ cloudwatch, s3 }),
      // In the template by name: of a type in `dynamic_templates`, engines do not say that they lack it.
      labels: labelled,
      kubernetes,
    },
  };
}

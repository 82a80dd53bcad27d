/** Source: RFC 7617 "The 'Basic' HTTP Authentication Scheme". */
export const basicAuthorization = (user: string, password: string): string =>
  `Basic ${base64Of(`${user}:${password}`)}`;

/**
 * Source: Elasticsearch API documentation, "Create an API key": `encoded`, which is `id:api_key` in base64.
 *
 * @param key encoded, or as `id:api_key`, which has a colon that base64 has not
 */
export const apiKeyAuthorization = (key: string): string => `ApiKey ${key.includes(":") ? base64Of(key) : key}`;

const base64Of = (text: string): string => Buffer.from(text).toString("base64");

import type { RedactedKind } from "../../settings/rules";
import type { TextFinder } from "../text-range";
import { findCardNumbers } from "./card-number";
import { findEmails } from "./email";
import { findIpv4 } from "./ipv4";
import { findIpv6 } from "./ipv6";
import { findTokens } from "./token";

export const FINDERS: Readonly<Record<RedactedKind, TextFinder>> = {
  email: findEmails,
  ipv4: findIpv4,
  ipv6: findIpv6,
  card_number: findCardNumbers,
  token: findTokens,
};

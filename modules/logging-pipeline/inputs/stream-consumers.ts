import { matching } from "../../inputs/rules";
import { map, string } from "../../inputs/schema";

const consumerName = matching(
  /^[A-Za-z0-9_.-]{1,128}$/,
  "1 to 128 letters, digits and _ . -",
  "Kinesis Data Streams API Reference, RegisterStreamConsumer",
);

/** By the consumer's name: the log group whose stream it reads, or a stream in `streams`. */
export const streamConsumers = map(string(), [consumerName]);

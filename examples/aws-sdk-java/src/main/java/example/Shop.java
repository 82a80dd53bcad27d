package example;

import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Writes 1,000 lines to the stream that LOG_STREAM names. */
public final class Shop {
  public static void main(String[] args) throws InterruptedException {
    try (KinesisClient client = KinesisClient.create();
        LineStream lines = new LineStream(client, System.getenv("LOG_STREAM"))) {
      for (int n = 0; n < 1000; n++) {
        lines.write("info", "order " + n + " paid", Map.of("order", Map.of("number", n)));
      }
    }
  }
}

package example;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs orders; src/main/resources/logback.xml sends the lines to a Kinesis stream. */
public final class Shop {
  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  public static void main(String[] args) {
    for (int n = 0; n < 200; n++) LOG.info("order {} paid", n);
    try {
      throw new IllegalStateException("the shop is closed");
    } catch (IllegalStateException error) {
      LOG.error("order 200 failed", error);
    }
    // Sends what is left.
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}

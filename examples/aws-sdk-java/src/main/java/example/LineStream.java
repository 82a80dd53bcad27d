package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Writes events to a Kinesis stream as lines of JSON, packed into records of about 25 KB, and sends again only the records that failed.
 *
 * <p>For one thread, which waits while the stream is throttled: call it from a thread that may.
 */
public final class LineStream implements AutoCloseable {
  /** Kinesis charges for each 25 KB of a record that begin. */
  private static final int RECORD_BYTES = 25_000;

  /** Sources: API reference of PutRecords; a shard takes 1 MB a second. */
  private static final int BATCH_RECORDS = 500;
  private static final int BATCH_BYTES = 1_000_000;

  private static final long FIRST_BACKOFF_MS = 100;
  private static final long MAX_BACKOFF_MS = 20_000;

  private final KinesisClient client;
  private final String stream;
  private final ObjectMapper json = new ObjectMapper();
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private List<PutRecordsRequestEntry> batch = new ArrayList<>();
  private int batchBytes = 0;

  public LineStream(KinesisClient client, String stream) {
    this.client = client;
    this.stream = stream;
  }

  /** Adds one line; sends when a batch is full. */
  public void write(String level, String message, Map<String, ?> fields) throws InterruptedException {
    Map<String, Object> line = new LinkedHashMap<>(fields);
    line.put("@timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("log.level", level);
    line.put("message", message);
    // By which the pipeline finds the line once, however often it is sent.
    line.put("event.id", UUID.randomUUID().toString());
    byte[] bytes = encode(line);
    if (record.size() > 0 && record.size() + bytes.length + 1 > RECORD_BYTES) endRecord();
    record.writeBytes(bytes);
    record.write('\n');
  }

  /** Sends what has been written. */
  public void flush() throws InterruptedException {
    if (record.size() > 0) endRecord();
    send();
  }

  @Override
  public void close() throws InterruptedException {
    flush();
  }

  private byte[] encode(Map<String, Object> line) {
    try {
      return json.writeValueAsBytes(line);
    } catch (JsonProcessingException error) {
      throw new IllegalArgumentException("A field cannot be written as JSON", error);
    }
  }

  private void endRecord() throws InterruptedException {
    SdkBytes data = SdkBytes.fromByteArray(record.toByteArray());
    record.reset();
    // A random key spreads the records over all shards.
    String key = UUID.randomUUID().toString();
    batch.add(PutRecordsRequestEntry.builder().data(data).partitionKey(key).build());
    batchBytes += data.asByteArrayUnsafe().length + key.length();
    if (batch.size() == BATCH_RECORDS || batchBytes >= BATCH_BYTES) send();
  }

  private void send() throws InterruptedException {
    for (int attempt = 0; !batch.isEmpty(); attempt++) {
      if (attempt > 0) Thread.sleep(backoffMs(attempt));
      batch = failedOf(batch);
    }
    batchBytes = 0;
  }

  private List<PutRecordsRequestEntry> failedOf(List<PutRecordsRequestEntry> entries) {
    try {
      List<PutRecordsResultEntry> results = client.putRecords(put -> put.streamName(stream).records(entries)).records();
      List<PutRecordsRequestEntry> failed = new ArrayList<>();
      for (int n = 0; n < entries.size(); n++) {
        if (results.get(n).errorCode() != null) failed.add(entries.get(n));
      }
      return failed;
    } catch (SdkException error) {
      if (!error.retryable()) throw error;
      return entries;
    }
  }

  /** Exponential, with full jitter. */
  private static long backoffMs(int attempt) {
    long limit = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS << Math.min(attempt - 1, 20));
    return ThreadLocalRandom.current().nextLong(limit + 1);
  }
}

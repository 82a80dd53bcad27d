import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Prints how many lines a reader finds in each of gzipped files; the file's stream says, as a network's may, that 0 bytes are available.
 * Arguments: the class of a codec of aircompressor, or `java` for GZIPInputStream; the files.
 */
public class Lines {
  public static void main(String[] args) throws Exception {
    for (int n = 1; n < args.length; n++) {
      try (InputStream file = new FileInputStream(args[n])) {
        InputStream network = new FilterInputStream(file) {
          @Override
          public int available() {
            return 0;
          }
        };
        boolean isJava = args[0].equals("java");
        System.out.println(count(isJava ? new GZIPInputStream(network) : aircompressor(args[0], network)));
      }
    }
  }

  /** Without its classes at hand, so that no compiler needs them. */
  private static InputStream aircompressor(String streams, InputStream file) throws ReflectiveOperationException {
    Object codec = Class.forName(streams).getDeclaredConstructor().newInstance();
    return (InputStream) codec.getClass().getMethod("createInputStream", InputStream.class).invoke(codec, file);
  }

  private static int count(InputStream text) throws IOException {
    byte[] bytes = new byte[65536];
    int lines = 0;
    for (int read = text.read(bytes); read >= 0; read = text.read(bytes)) {
      for (int i = 0; i < read; i++) if (bytes[i] == '\n') lines++;
    }
    return lines;
  }
}

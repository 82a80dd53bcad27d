import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Prints how many lines a reader finds in a gzipped file; the file's stream says, as a network's may, that 0 bytes are available. */
public class Lines {
  public static void main(String[] args) throws Exception {
    InputStream file = new FilterInputStream(new FileInputStream(args[0])) {
      @Override
      public int available() {
        return 0;
      }
    };
    System.out.println(count(args.length == 1 ? new GZIPInputStream(file) : aircompressor(args[1], file)));
  }

  /** Without its classes at hand, so that no compiler needs them. */
  private static InputStream aircompressor(String streams, InputStream file) throws ReflectiveOperationException {
    Object codec = Class.forName(streams).getDeclaredConstructor().newInstance();
    return (InputStream) codec.getClass().getMethod("createInputStream", InputStream.class).invoke(codec, file);
  }

  private static int count(InputStream text) throws IOException {
    int lines = 0;
    for (int next = text.read(); next >= 0; next = text.read()) if (next == '\n') lines++;
    return lines;
  }
}

package dev.headline.infra.binary;

import dev.headline.infra.process.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/** The jars that carry programs, and their versions, which the build writes down. */
final class Carriers {

  private static final Properties VERSIONS = read();

  private Carriers() {}

  /** The cache's key of one program, such as {@code postgres-18.6.0-amd64}. */
  static String key(String program, Architecture architecture) {
    String version = VERSIONS.getProperty(program, "unknown");
    return "%s-%s-%s".formatted(program, version, architecture.name().toLowerCase(Locale.ROOT));
  }

  static InputStream open(String resource) throws IOException {
    InputStream stream = Carriers.class.getResourceAsStream("/" + resource);
    if (stream == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return stream;
  }

  private static Properties read() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Resources.text("binaries.properties")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties;
  }
}

package dev.headline.infra.process;

import dev.headline.infra.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scripts and properties that lie beside the root package. */
public final class Resources {

  private Resources() {}

  /** The text of a file of ours. */
  public static String text(String name) {
    try (InputStream stream = Server.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package dev.headline.infra.redis;

import dev.headline.infra.InfraException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test asks of Redis itself, each time on a connection of its own.
 *
 * @param server a Redis that runs
 */
public record RedisProbe(Redis server) {

  private static final int PATIENCE_MILLISECONDS = 5_000;

  /** Makes it forget everything. */
  public void flush() {
    var _ = ask("FLUSHALL");
  }

  /** Begins to count commands anew. */
  public void resetCounts() {
    var _ = ask("CONFIG RESETSTAT");
  }

  /**
   * How often a command was called since {@link #resetCounts}, by whomever.
   *
   * @param command in small letters, such as {@code mget}
   */
  public int calls(String command) {
    Matcher count =
        Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(ask("INFO commandstats"));
    return count.find() ? Integer.parseInt(count.group(1)) : 0;
  }

  /** The rest of the connection, which Redis closes after the reply. */
  private String ask(String command) {
    try (var socket = new Socket(server.endpoint().host(), server.endpoint().port())) {
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return reader.readAllAsString();
    } catch (IOException failure) {
      throw new InfraException("Redis did not answer " + command, failure);
    }
  }
}

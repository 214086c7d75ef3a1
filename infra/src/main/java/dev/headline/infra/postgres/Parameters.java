package dev.headline.infra.postgres;

import java.util.List;
import java.util.stream.Stream;

/**
 * The server's settings, in one place. They are given on the command line at every start, so that
 * no file in the data folder has to be rewritten; and to initdb, because a standby refuses to start
 * below what the primary's control file was created with.
 */
final class Parameters {

  private Parameters() {}

  /** The same for every node, as {@code -c name=value}. */
  static List<String> of(PostgresSettings settings) {
    return options(
        "max_connections=" + settings.maxConnections(),
        "fsync=" + onOff(settings.fsync()),
        "autovacuum=" + onOff(settings.fsync()),
        "wal_level=replica",
        "max_wal_senders=10",
        // What a replica may be away for before it has to be seeded again.
        "wal_keep_size=256MB",
        "max_wal_size=512MB",
        // A cancelled request must not leave its statement running.
        "client_connection_check_interval=100ms",
        // Long reads on a replica are not cancelled by a vacuum on the primary.
        "hot_standby_feedback=on",
        // A replica comes back within a blink of its primary, and a hung peer is noticed.
        "wal_retrieve_retry_interval=200ms",
        "wal_sender_timeout=10s",
        "wal_receiver_timeout=10s",
        // Three worker processes less per node.
        "io_method=sync",
        "shared_buffers=64MB",
        "timezone=UTC",
        "log_timezone=UTC");
  }

  /** Loopback only, and no socket folder: its path could exceed the 107 bytes the kernel allows. */
  static List<String> listening(int port) {
    return options("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories=");
  }

  /** Each setting as {@code -c name=value}. */
  static List<String> options(String... settings) {
    return Stream.of(settings).flatMap(setting -> Stream.of("-c", setting)).toList();
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}

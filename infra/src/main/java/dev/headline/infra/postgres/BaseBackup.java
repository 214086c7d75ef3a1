package dev.headline.infra.postgres;

import dev.headline.infra.InfraException;
import dev.headline.infra.binary.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Seeds a replica from a running primary, as the Postgres manual's "Making a Base Backup Using the
 * Low Level API" has it. The carried binaries have no pg_basebackup.
 */
final class BaseBackup {

  private BaseBackup() {}

  /** Replaces the replica's data, which must not be in use, by a copy of the primary's. */
  static void copy(PostgresNode primary, PostgresNode replica) {
    Installation installation = replica.installation();
    Path draft = installation.draft(replica.name());
    try (Connection connection = primary.connect()) {
      FileTree.delete(draft);
      copyWhileInBackup(connection, new DataCopy(primary.data(), draft, installation.account()));
      FileTree.delete(replica.data());
      Files.move(draft, replica.data());
    } catch (IOException | SQLException failure) {
      throw new InfraException("cannot seed %s from %s".formatted(replica, primary), failure);
    }
  }

  /** Start and stop belong in one connection; the primary forgets the backup if it closes. */
  private static void copyWhileInBackup(Connection connection, DataCopy copy)
      throws IOException, SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('headline', fast => true)");
      copy.run();
      try (var rows =
          statement.executeQuery(
              "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
        rows.next();
        copy.add("backup_label", rows.getString(1));
      }
    }
    copy.add("standby.signal", "");
  }
}

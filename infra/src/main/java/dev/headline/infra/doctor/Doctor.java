package dev.headline.infra.doctor;

import dev.headline.infra.InfraException;
import dev.headline.infra.binary.ConsulBinary;
import dev.headline.infra.binary.PostgresBinaries;
import dev.headline.infra.binary.RedisBinary;
import dev.headline.infra.process.Command;
import dev.headline.infra.process.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks for what the servers need. Programs are run, not only found: a missing library shows then
 * and not before. Carried programs are unpacked into the cache, nothing else changes.
 */
public final class Doctor {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Machine machine;
  private final Path dataFolder;

  private Doctor(Machine machine, Path dataFolder) {
    this.machine = machine;
    this.dataFolder = dataFolder;
  }

  /**
   * Every check, the good news too, in a fixed order. Takes seconds the first time.
   *
   * @param dataFolder where the servers' data is to lie; need not exist
   */
  public static List<Finding> examine(Machine machine, Path dataFolder) {
    Doctor doctor = new Doctor(machine, dataFolder);
    return List.of(
        doctor.bash(),
        doctor.account(),
        doctor.dataFolder(),
        doctor.postgres(),
        doctor.redis(),
        doctor.consul());
  }

  private Finding bash() {
    return machine
        .program("bash")
        .map(path -> Finding.fine("bash", path.toString()))
        .orElseGet(
            () -> Finding.broken("bash", "guards every server; not on the PATH", install("bash")));
  }

  private Finding account() {
    if (machine.account().root() && machine.program("setpriv").isEmpty()) {
      return Finding.broken(
          "account",
          "Postgres refuses root, and setpriv is not on the PATH",
          install("util-linux"));
    }
    Command.Result name = Command.run(LIMIT, machine.account().command(List.of("id", "-un")));
    return name.succeeded()
        ? Finding.fine("account", "the servers run as " + name.output())
        : Finding.broken(
            "account",
            "initdb refuses a user without a name: " + name.output(),
            "run as a user that /etc/passwd knows");
  }

  private Finding dataFolder() {
    return machine
        .account()
        .obstacle(dataFolder)
        .map(
            obstacle ->
                Finding.broken(
                    "data folder",
                    "the servers' user may not pass %s to reach %s".formatted(obstacle, dataFolder),
                    "export HEADLINE_HOME=/var/tmp/headline"))
        .orElseGet(() -> Finding.fine("data folder", dataFolder.toString()));
  }

  private Finding postgres() {
    return runs(
        "postgres",
        () -> PostgresBinaries.locate(machine).postgres(),
        "run on Linux with glibc, amd64 or arm64, or use docker compose");
  }

  private Finding redis() {
    return runs("redis", () -> RedisBinary.locate(machine).toString(), install("redis-server"));
  }

  private Finding consul() {
    Optional<Path> present = ConsulBinary.present(machine);
    if (present.isPresent()) {
      return runs("consul", () -> present.get().toString(), "set CONSUL_BIN to one that runs");
    }
    if (machine.program("apt-get").isPresent() && machine.program("dpkg").isPresent()) {
      return Finding.fine("consul", "apt will fetch one at the first start");
    }
    return Finding.degraded(
        "consul",
        "not on the PATH, and no apt to fetch one: instances are listed in a fixed directory",
        "install consul 1.8 or newer, or set CONSUL_BIN");
  }

  private Finding runs(String subject, Supplier<String> program, String remedy) {
    try {
      String path = program.get();
      Command.Result result =
          Command.run(LIMIT, machine.account().command(List.of(path, "--version")));
      String firstLine = result.output().lines().findFirst().orElse("");
      return result.succeeded()
          ? Finding.fine(subject, "%s (%s)".formatted(firstLine, path))
          : Finding.broken(subject, "%s does not run: %s".formatted(path, firstLine), remedy);
    } catch (InfraException failure) {
      return Finding.broken(subject, String.valueOf(failure.getMessage()), remedy);
    }
  }

  private String install(String debianPackage) {
    return (machine.account().root() ? "" : "sudo ") + "apt-get install " + debianPackage;
  }
}

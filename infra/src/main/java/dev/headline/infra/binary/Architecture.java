package dev.headline.infra.binary;

import dev.headline.infra.MissingSoftwareException;
import dev.headline.infra.process.Machine;

/** A processor that the jars carry programs for. */
enum Architecture {
  AMD64("postgres-linux-x86_64.txz", "redis-server-6.2.6-v5-linux-amd64"),
  ARM64("postgres-linux-arm_64.txz", "redis-server-6.2.7-linux-arm64");

  private final String postgresResource;
  private final String redisResource;

  Architecture(String postgresResource, String redisResource) {
    this.postgresResource = postgresResource;
    this.redisResource = redisResource;
  }

  static Architecture of(Machine machine) {
    return switch (machine.architecture()) {
      case "amd64", "x86_64" -> AMD64;
      case "aarch64", "arm64" -> ARM64;
      default ->
          throw new MissingSoftwareException(
              "no Postgres is carried for the processor "
                  + machine.architecture()
                  + "; run on amd64 or arm64, or with docker compose");
    };
  }

  /** The archive in the Postgres carrier jar, from the root of the class path. */
  String postgresResource() {
    return postgresResource;
  }

  /** The program in the Redis carrier jar, from the root of the class path. */
  String redisResource() {
    return redisResource;
  }
}

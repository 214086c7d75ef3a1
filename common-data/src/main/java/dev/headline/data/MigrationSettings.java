package dev.headline.data;

import org.jspecify.annotations.Nullable;

/**
 * The role that owns a service's schema. The components are the properties below {@code
 * headline.data.migration}. It is not part of {@link DataSettings}, because whoever has those
 * answers requests, and a request that finds a way to send SQL of its own must not find the owner.
 *
 * @param username the role to migrate with; not the one that the service works with
 * @param password never has a default
 */
public record MigrationSettings(String username, String password) {

  /** Checks what a binder found, which is null where it found nothing. */
  public MigrationSettings(@Nullable String username, @Nullable String password) {
    this.username = required(username, "username");
    this.password = required(password, "password");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return username;
  }

  private static String required(@Nullable String value, String property) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "headline.data.migration.%s is missing and has no default".formatted(property));
    }
    return value;
  }
}

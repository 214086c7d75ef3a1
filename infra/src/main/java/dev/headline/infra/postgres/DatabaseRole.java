package dev.headline.infra.postgres;

/**
 * A role that can log in.
 *
 * @param name as in the database; it may need quoting
 * @param password whatever it was before, this is what it becomes
 */
public record DatabaseRole(String name, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return name;
  }
}

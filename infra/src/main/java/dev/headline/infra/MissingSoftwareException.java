package dev.headline.infra;

import org.jspecify.annotations.Nullable;

/**
 * This machine lacks a program and it could not be fetched. The message says what to install. A
 * caller that can do without (Consul: a fixed directory) catches this one and goes on.
 */
public final class MissingSoftwareException extends InfraException {

  private static final long serialVersionUID = 1L;

  /** A message that says what to install. */
  public MissingSoftwareException(String message) {
    this(message, null);
  }

  /** A message that says what to install, and what was tried. */
  public MissingSoftwareException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

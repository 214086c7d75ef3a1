package dev.headline.infra;

import org.jspecify.annotations.Nullable;

/** A server could not be started, reached or stopped. The message is meant for a person. */
public class InfraException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure without a cause of its own. */
  public InfraException(String message) {
    this(message, null);
  }

  /** A failure and what led to it. */
  public InfraException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

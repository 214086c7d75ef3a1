package dev.headline.allinone.platform;

import org.jspecify.annotations.Nullable;

/** The platform cannot be started or read. The message is a sentence for the one who started it. */
public final class PlatformException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A sentence. */
  public PlatformException(String message) {
    this(message, null);
  }

  PlatformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

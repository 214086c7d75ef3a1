package dev.headline.data.cache;

/** Redis did not do what it was asked, or was not asked. It is ordinary, so it has no stack. */
final class RedisFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisFailure(String message) {
    super(message, null, false, false);
  }
}

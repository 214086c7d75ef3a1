package dev.headline.rpc.policy;

import java.util.Optional;

/** What contracts say of methods, for rules whose safety depends on it. */
@FunctionalInterface
public interface Contracts {

  /** Nothing is known. */
  Contracts UNKNOWN = (_, _) -> Optional.empty();

  /**
   * Whether a method may be sent twice.
   *
   * @param service such as {@code user-service}
   * @param method its own name
   * @return empty if the service is not known
   * @throws IllegalArgumentException if the service has no such method, with a sentence
   */
  Optional<Boolean> isIdempotent(String service, String method);
}

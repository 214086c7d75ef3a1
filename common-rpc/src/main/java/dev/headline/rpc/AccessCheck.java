package dev.headline.rpc;

/**
 * What an application asks of a call before it is let in, beyond what the policy says. It can only
 * deny more: a call that the policy denies does not come here.
 */
@FunctionalInterface
public interface AccessCheck {

  /** Lets everything in that the policy lets in. */
  AccessCheck NONE = _ -> true;

  /**
   * Whether the call may pass. Runs on the event loop, for every call: it must be quick and must
   * not block. If it throws, the call is denied.
   *
   * @param call who calls what; its headers, its message and its origin with all baggage may be
   *     read, not changed
   */
  boolean allows(Call<?, ?> call);

  /** Lets in what both let in. */
  default AccessCheck and(AccessCheck other) {
    return call -> allows(call) && other.allows(call);
  }
}

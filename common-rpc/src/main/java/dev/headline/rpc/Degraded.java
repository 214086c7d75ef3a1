package dev.headline.rpc;

/**
 * A reply that is a fallback's and not the callee's.
 *
 * @param callee the called service, such as {@code comment-service}
 * @param method the method's own name
 * @param reason what was hidden
 * @param message what was hidden, in a sentence for people of this platform; it may name hosts
 */
public record Degraded(String callee, String method, RpcCode reason, String message) {}

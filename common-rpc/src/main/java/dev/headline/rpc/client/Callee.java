package dev.headline.rpc.client;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Governance;
import io.grpc.MethodDescriptor;

/**
 * One method of a service in one cluster, as its caller sees it: what the links on the way there
 * are made of.
 *
 * @param key the five-tuple
 * @param method its descriptor, which says whether it is idempotent
 * @param connections to the instances of the service
 * @param stampHeaders the link that all calls of this client share
 * @param decisions where links note what they decided
 * @param governance what all chains of the process share
 */
record Callee(
    CallKey key,
    MethodDescriptor<?, ?> method,
    Connections connections,
    StampHeaders stampHeaders,
    Decisions decisions,
    Governance governance) {

  /** Whether a call may be sent again although it may have been executed. */
  boolean isIdempotent() {
    return method.isIdempotent();
  }
}

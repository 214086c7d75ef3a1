package dev.headline.rpc.client;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Target;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * A gRPC channel that leads through the client chain to a service, so that generated blocking stubs
 * are governed without knowing it. Only unary calls pass: everything that crosses a service
 * boundary here is one question and one answer.
 */
public final class GovernedChannel extends Channel {

  private final String service;
  private final Endpoint chain;
  private final Function<String, Target> targetOf;

  // By identity: generated code has one descriptor for each method.
  private final ConcurrentMap<MethodDescriptor<?, ?>, Target> targets = new ConcurrentHashMap<>();

  /**
   * @param service where calls go
   * @param chain what they pass
   * @param targetOf resolves what is known of a method, given its own name; asked once for each
   */
  GovernedChannel(String service, Endpoint chain, Function<String, Target> targetOf) {
    this.service = service;
    this.chain = chain;
    this.targetOf = targetOf;
  }

  /**
   * Prepares a call.
   *
   * @throws IllegalArgumentException if the method streams
   */
  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    if (method.getType() != MethodType.UNARY) {
      throw new IllegalArgumentException(
          method.getFullMethodName() + " streams; only unary calls are governed");
    }
    return new GovernedCall<>(chain, method, target(method), options.getDeadline());
  }

  @Override
  public String authority() {
    return service;
  }

  private Target target(MethodDescriptor<?, ?> method) {
    Target known = targets.get(method);
    return known != null ? known : targets.computeIfAbsent(method, this::resolve);
  }

  private Target resolve(MethodDescriptor<?, ?> method) {
    String name = method.getBareMethodName();
    return targetOf.apply(name == null ? CallKey.UNKNOWN : name);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.explain.Explanation;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.util.List;
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
  private final Function<MethodDescriptor<?, ?>, Route> routeOf;

  // By name: generated code and calls with JSON have descriptors of their own for a method, which
  // differ in the messages that they read and write. Those travel in the call; what is learned of
  // the method is the same.
  private final ConcurrentMap<String, Route> routes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param service where calls go
   * @param routeOf makes the route of a method; asked once for each name
   */
  GovernedChannel(String service, Function<MethodDescriptor<?, ?>, Route> routeOf) {
    this.service = service;
    this.routeOf = routeOf;
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
    return new GovernedCall<>(route(method), method, options.getDeadline());
  }

  @Override
  public String authority() {
    return service;
  }

  /** All that is known of the calls that pass here. */
  List<Explanation> explanations() {
    return routes.values().stream().flatMap(route -> route.explanations().stream()).toList();
  }

  /** Takes what its calls have shown out of the metrics. */
  void close() {
    closed = true;
    routes.values().forEach(Route::close);
  }

  private Route route(MethodDescriptor<?, ?> method) {
    Route known = routes.get(method.getFullMethodName());
    return known != null ? known : open(method);
  }

  private Route open(MethodDescriptor<?, ?> method) {
    Route opened = routes.computeIfAbsent(method.getFullMethodName(), _ -> routeOf.apply(method));
    if (closed) {
      // One that was opened beside close() may have been overlooked there.
      opened.close();
    }
    return opened;
  }
}

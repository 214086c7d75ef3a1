package dev.headline.rpc;

import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a chain. It is mutable and belongs to one thread at a time: links
 * write into it what the links after them need, and nothing is looked up twice.
 *
 * @param <Q> the request message
 * @param <R> the reply message
 */
public final class Call<Q, R> {

  private final MethodDescriptor<Q, R> method;
  private final Q request;
  private final Metadata headers;
  private Target target;
  private @Nullable Deadline deadline;
  private @Nullable Connection connection;
  private int attempt = 1;

  /**
   * @param method what is called
   * @param request with what
   * @param target what is known of such calls
   * @param headers what travels beside the request; links may add to it
   */
  public Call(MethodDescriptor<Q, R> method, Q request, Target target, Metadata headers) {
    this.method = method;
    this.request = request;
    this.target = target;
    this.headers = headers;
  }

  /** What is called. */
  public MethodDescriptor<Q, R> method() {
    return method;
  }

  /** The message that is sent. */
  public Q request() {
    return request;
  }

  /** What travels beside the request. Not safe for use by two threads. */
  public Metadata headers() {
    return headers;
  }

  /** What is known of all calls with the same five-tuple. */
  public Target target() {
    return target;
  }

  /** Replaces what is known, once a link knows better who calls or where to. */
  public void target(Target better) {
    target = better;
  }

  /** When the reply is useless; null if never. */
  public @Nullable Deadline deadline() {
    return deadline;
  }

  /** Sets when the reply is useless; null if never. */
  public void deadline(@Nullable Deadline absolute) {
    deadline = absolute;
  }

  /**
   * The chosen instance and the channel to it; null until one is picked, and always on a server.
   */
  public @Nullable Connection connection() {
    return connection;
  }

  /** Sets the chosen instance. */
  public void connection(Connection chosen) {
    connection = chosen;
  }

  /** Which try this is, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Sets which try this is, from 1. */
  public void attempt(int number) {
    attempt = number;
  }
}

package dev.headline.rpc;

import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets instead of a failure, by method. Immutable.
 *
 * <p>A fallback is for a reply that is true although it says less: a ranking without the personal
 * part, a setting's standard value, an answer that was kept and says how old it is. It is not for a
 * reply that looks like one and is none: "no comments" is a lie where the comments could not be
 * read. There, let the call fail; {@link dev.headline.rpc.load.Loaded} then names the field as
 * missing.
 *
 * <p>Whoever calls can see it: {@link dev.headline.rpc.Notes#degraded()}. Metrics count the failure
 * as if there were no fallback, and the fallback beside it. The idea is Kitex's, whose monitors
 * report the original result too.
 *
 * {@snippet :
 * var fallbacks = Fallbacks.NONE.with(
 *     RankingGrpc.getRankMethod(), (request, failure) -> inOrderOfTime(request));
 * }
 *
 * @see <a href="https://www.cloudwego.io/docs/kitex/tutorials/service-governance/fallback/">Kitex:
 *     Fallback</a>
 */
public final class Fallbacks {

  /** No method has one. */
  public static final Fallbacks NONE = new Fallbacks(Map.of());

  /**
   * Makes a reply where there is none.
   *
   * @param <Q> the request message
   * @param <R> the reply message
   */
  @FunctionalInterface
  public interface Reply<Q, R> {

    /**
     * The reply to hand out. Runs on the thread that called, within its request; if it throws or
     * gives null, the caller gets the failure that was to be hidden.
     */
    R instead(Q request, RpcException failure);
  }

  /**
   * What is done about the failures of a method.
   *
   * @param method whose messages the reply is made of
   * @param hides which failures it hides
   * @param reply makes the reply
   */
  public record Rule<Q, R>(
      MethodDescriptor<Q, R> method, Predicate<RpcException> hides, Reply<Q, R> reply) {

    /**
     * The reply to a call of the method, whichever messages that is made with: a call with JSON has
     * others than generated code.
     */
    public <T, S> S instead(Call<T, S> call, RpcException failure) {
      MethodDescriptor<T, S> called = call.method();
      if (called.getRequestMarshaller() == method.getRequestMarshaller()
          && called.getResponseMarshaller() == method.getResponseMarshaller()) {
        return same(call, failure);
      }
      Q request = method.parseRequest(called.streamRequest(call.request()));
      return called.parseResponse(method.streamResponse(made(request, failure)));
    }

    // What reads and writes them is the same, and so are they.
    @SuppressWarnings("unchecked")
    private <T, S> S same(Call<T, S> call, RpcException failure) {
      return (S) made((Q) call.request(), failure);
    }

    private R made(Q request, RpcException failure) {
      return Objects.requireNonNull(
          reply.instead(request, failure), "The fallback made no reply, but null");
    }
  }

  private final Map<String, Rule<?, ?>> byMethod;

  private Fallbacks(Map<String, Rule<?, ?>> byMethod) {
    this.byMethod = Map.copyOf(byMethod);
  }

  /**
   * The same with a fallback for one method that hides {@linkplain RpcCode#isFault() faults}: no
   * answer that refuses what was asked, and no call that was given up.
   */
  public <Q, R> Fallbacks with(MethodDescriptor<Q, R> method, Reply<Q, R> reply) {
    return with(method, failure -> failure.code().isFault(), reply);
  }

  /**
   * The same with a fallback for one method.
   *
   * @param hides which failures it hides; that the request itself is over can never be hidden
   */
  public <Q, R> Fallbacks with(
      MethodDescriptor<Q, R> method, Predicate<RpcException> hides, Reply<Q, R> reply) {
    Map<String, Rule<?, ?>> more = new HashMap<>(byMethod);
    more.put(method.getFullMethodName(), new Rule<>(method, hides, reply));
    return new Fallbacks(more);
  }

  /** What is done about the failures of a method; null if nothing. */
  public @Nullable Rule<?, ?> of(MethodDescriptor<?, ?> method) {
    return byMethod.get(method.getFullMethodName());
  }
}

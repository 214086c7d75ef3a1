package dev.headline.rpc;

import dev.headline.user.v1.BatchGetResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Stands at the end of a chain, and answers as each test decides. */
public final class FakeCallee implements Endpoint {

  /** How many calls came through. */
  public final AtomicInteger calls = new AtomicInteger();

  /** Answers a call, or throws. */
  public volatile Function<Call<?, ?>, BatchGetResponse> answer =
      _ -> BatchGetResponse.getDefaultInstance();

  /** Fails every call from now on. */
  public void failWith(RpcException failure) {
    answer =
        _ -> {
          throw failure;
        };
  }

  /** Fails every call from now on. */
  public void failWith(RpcCode code) {
    failWith(new RpcException(code, "As the test wants it"));
  }

  /** Answers every call from now on. */
  public void heal() {
    answer = _ -> BatchGetResponse.getDefaultInstance();
  }

  // Only calls with this reply are made.
  @SuppressWarnings("unchecked")
  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    calls.incrementAndGet();
    return (R) answer.apply(call);
  }
}

package dev.headline.rpc.client;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Tried;
import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.balance.Hash;
import dev.headline.rpc.balance.Load;
import dev.headline.rpc.policy.BalancePolicy;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who answers: one of the instances of the cluster that the call goes to, by the balancer
 * that the policy wants. Learns from the answer how busy and how fast that one is.
 */
final class PickInstance implements Middleware {

  private final Cluster cluster;
  private final BalancePolicy policy;
  private final @Nullable String hashKey;
  private final LongSupplier nanoClock;
  private volatile Picker picker;

  PickInstance(Cluster cluster, BalancePolicy policy) {
    this.cluster = cluster;
    this.policy = policy;
    this.hashKey = policy instanceof BalancePolicy.ConsistentHash(String key) ? key : null;
    this.nanoClock = cluster.nanoClock();
    this.picker = Picker.first(cluster.members(), policy, cluster.balancing());
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Candidate chosen = choose(call);
    call.connection(chosen.peer().connection());
    Tried tried = call.tried();
    if (tried != null) {
      tried.add(chosen.peer().instance());
    }
    return measured(call, next, chosen.load());
  }

  private <Q, R> R measured(Call<Q, R> call, Endpoint next, Load load) {
    long start = nanoClock.getAsLong();
    load.begin();
    RpcCode code = RpcCode.INTERNAL;
    try {
      R reply = next.invoke(call);
      code = RpcCode.OK;
      return reply;
    } catch (RpcException e) {
      code = e.code();
      throw e;
    } finally {
      long now = nanoClock.getAsLong();
      end(load, code, now - start, now);
    }
  }

  private static void end(Load load, RpcCode code, long elapsed, long now) {
    if (code == RpcCode.CANCELLED || code == RpcCode.DEADLINE_EXCEEDED) {
      // How long the answer would have taken is not known, only that it is longer than this.
      load.cancelled(elapsed, now);
      return;
    }
    if (code.isFault()) {
      load.failed(elapsed, now);
      return;
    }
    load.answered(elapsed, now);
  }

  private Candidate choose(Call<?, ?> call) {
    Candidate chosen = picker().pick(call, hash(), nanoClock.getAsLong());
    return chosen == null ? chooseLater(call) : chosen;
  }

  private Candidate chooseLater(Call<?, ?> call) {
    Duration patience = patience(call);
    cluster.await(patience);
    Picker later = picker();
    Candidate chosen = later.pick(call, hash(), nanoClock.getAsLong());
    if (chosen != null) {
      return chosen;
    }
    String why = refusal(call.target().key(), later.known().size(), patience);
    call.target().decisions().record(name(), "refused", why);
    throw RpcException.refused(RpcCode.UNAVAILABLE, why);
  }

  private static String refusal(CallKey key, int known, Duration patience) {
    return known == 0
        ? "No instance of %s in cluster %s is known".formatted(key.to(), key.toCluster())
        : "None of the %d instance(s) of %s in cluster %s was connected within %d ms"
            .formatted(known, key.to(), key.toCluster(), patience.toMillis());
  }

  /** What the policy allows for connecting, or what is left until the deadline, if that is less. */
  private static Duration patience(Call<?, ?> call) {
    Duration most = call.target().policy().timeout().connect();
    Deadline deadline = call.deadline();
    if (deadline == null) {
      return most;
    }
    long left = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    return left < most.toNanos() ? Duration.ofNanos(left) : most;
  }

  private long hash() {
    String key = hashKey;
    if (key == null) {
      return 0;
    }
    Baggage baggage = RequestContext.current().onward();
    String value = baggage.get(key);
    return value == null ? cluster.balancing().random().nextLong() : Hash.of(value);
  }

  private Picker picker() {
    Picker known = picker;
    return known.edition() == cluster.members().edition() ? known : renew();
  }

  private synchronized Picker renew() {
    Members now = cluster.members();
    if (picker.edition() != now.edition()) {
      picker = picker.next(now, policy, cluster.balancing());
    }
    return picker;
  }

  @Override
  public String describe() {
    long now = nanoClock.getAsLong();
    Balancing balancing = cluster.balancing();
    return Stream.concat(
            Stream.of(balancing.describe(policy)),
            picker().known().stream().map(each -> each.describe(balancing.slowStart(), now)))
        .collect(Collectors.joining("\n"));
  }
}

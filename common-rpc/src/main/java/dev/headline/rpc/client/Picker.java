package dev.headline.rpc.client;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.Health;
import dev.headline.rpc.Tried;
import dev.headline.rpc.balance.Balancer;
import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.balance.Load;
import dev.headline.rpc.balance.Node;
import dev.headline.rpc.policy.BalancePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One balancer over the instances that are connected at one moment. Immutable; a new one follows
 * when the instances change, and takes over what is known of those that stay.
 */
final class Picker {

  private final long edition;
  private final List<Candidate> known;
  private final List<Candidate> ready;
  private final Balancer balancer;
  // Made once, so that a pick makes nothing.
  private final Balancer.Usable<Call<?, ?>> untried = this::isUntried;
  private final Balancer.Usable<Call<?, ?>> usable = this::isUsable;
  private final Balancer.Usable<Call<?, ?>> any = (_, _) -> true;

  private Picker(Members members, List<Candidate> known, Function<List<Node>, Balancer> balancing) {
    Set<Peer> connected = Set.copyOf(members.ready());
    this.edition = members.edition();
    this.known = known;
    this.ready = known.stream().filter(each -> connected.contains(each.peer())).toList();
    this.balancer = balancing.apply(ready.stream().map(Candidate::node).toList());
  }

  /** Of instances of whose speed nothing is known yet. */
  static Picker first(Members members, BalancePolicy policy, Balancing balancing) {
    return over(members, List.of(), policy, balancing);
  }

  /** The one that follows this one, over the instances of now. */
  Picker next(Members now, BalancePolicy policy, Balancing balancing) {
    return over(now, known, policy, balancing);
  }

  private static Picker over(
      Members members, List<Candidate> before, BalancePolicy policy, Balancing balancing) {
    Map<Peer, Load> loads = new HashMap<>();
    before.forEach(each -> loads.put(each.peer(), each.load()));
    Duration decay = Balancing.decay(policy);
    List<Candidate> known = new ArrayList<>();
    for (Peer peer : members.known()) {
      Load kept = loads.get(peer);
      Load load = kept == null ? new Load(peer.inFlight(), decay) : kept;
      known.add(new Candidate(peer, new Node(peer.instance(), peer.since(), load)));
    }
    return new Picker(members, List.copyOf(known), nodes -> balancing.over(policy, nodes));
  }

  /** That of the members it was made for. */
  long edition() {
    return edition;
  }

  /** All instances, connected or not. */
  List<Candidate> known() {
    return known;
  }

  /**
   * One that this call is to probe. Failing that, one that is connected, fit for calls and not yet
   * tried by this call; failing that, one that is connected and fit, because trying it again is
   * better than not; failing that, one that is connected, because all cannot be unfit for a reason
   * of their own.
   *
   * @return null if none is connected
   */
  @Nullable Candidate pick(Call<?, ?> call, long hash, long now) {
    if (ready.isEmpty()) {
      return null;
    }
    Candidate probed = probed(call);
    if (probed != null) {
      return probed;
    }
    int place = balancer.pick(untried, call, hash, now);
    if (place == Balancer.NONE) {
      place = balancer.pick(usable, call, hash, now);
    }
    if (place == Balancer.NONE) {
      place = balancer.pick(any, call, hash, now);
    }
    return ready.get(place);
  }

  /**
   * Only a first attempt probes: it can be made good by another, which can be made good by none.
   */
  private @Nullable Candidate probed(Call<?, ?> call) {
    if (call.kind() != AttemptKind.FIRST) {
      return null;
    }
    for (Candidate each : ready) {
      Health health = each.peer().connection().health();
      if (!health.isUsable() && health.tryProbe(call)) {
        return each;
      }
    }
    return null;
  }

  private boolean isUntried(int place, Call<?, ?> call) {
    Tried tried = call.tried();
    return isUsable(place, call)
        && (tried == null || !tried.contains(ready.get(place).peer().instance()));
  }

  private boolean isUsable(int place, Call<?, ?> call) {
    return ready.get(place).peer().connection().health().isUsable();
  }
}

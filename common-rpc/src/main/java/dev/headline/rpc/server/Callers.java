package dev.headline.rpc.server;

import dev.headline.rpc.CallHeader;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who calls one method of this server, resolved once for each. Callers name themselves, so their
 * number is bounded: past that, further ones share one name, and no client can fill the memory or
 * the metrics.
 */
final class Callers {

  /** One caller of the method. */
  record Known(Caller caller, Target target) {}

  /** The name that stands for all callers past the bound. */
  static final Caller OVERFLOW = new Caller("other", CallKey.DEFAULT_CLUSTER);

  private static final int MOST_CALLERS = 100;

  private final Caller self;
  private final String method;
  private final RpcMeters meters;
  private final ConcurrentMap<String, Known> byName = new ConcurrentHashMap<>();
  private final Known absent;
  private final Known overflow;

  /**
   * @param self the called service
   * @param method the method's own name
   * @param meters where calls are counted
   */
  Callers(Caller self, String method, RpcMeters meters) {
    this.self = self;
    this.method = method;
    this.meters = meters;
    this.absent = know(Caller.UNKNOWN);
    this.overflow = know(OVERFLOW);
  }

  /** The target of a call whose caller is not read yet. */
  Target unread() {
    return absent.target();
  }

  /**
   * The caller that a header names.
   *
   * @param header null if there is none
   * @throws dev.headline.rpc.RpcException if the header is malformed
   */
  Known named(@Nullable String header) {
    if (header == null) {
      return absent;
    }
    String name = CallHeader.callerIn(header);
    Known known = byName.get(name);
    return known != null ? known : meet(name);
  }

  private synchronized Known meet(String name) {
    Caller caller = CallHeader.callerNamed(name);
    if (byName.size() >= MOST_CALLERS && !byName.containsKey(name)) {
      return overflow;
    }
    return byName.computeIfAbsent(name, _ -> know(caller));
  }

  private Known know(Caller caller) {
    var key =
        new CallKey(caller.service(), caller.cluster(), self.service(), self.cluster(), method);
    return new Known(caller, new Target(key, CallPolicy.DEFAULT, meters.server(key)));
  }
}

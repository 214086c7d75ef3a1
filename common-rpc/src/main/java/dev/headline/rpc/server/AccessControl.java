package dev.headline.rpc.server;

import dev.headline.rpc.AccessCheck;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.AccessPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses callers that may not call the method: what the policy of the five-tuple denies, and what
 * the application's own {@link AccessCheck} does. Nothing after it runs for such a call. A caller
 * that says nothing of itself, or nothing that can be read, is the caller {@code unknown}.
 *
 * <p>Callers name themselves, so this keeps services apart that mean well. Where others can reach
 * the port, the network or a check of credentials has to keep them out.
 */
final class AccessControl implements Middleware {

  private static final Logger log = LoggerFactory.getLogger(AccessControl.class);

  private static final Verdict BY_POLICY = new Verdict.Denied("denied by policy");
  private static final Verdict BY_CHECK = new Verdict.Denied("denied by check");

  private final AccessPolicy policy;
  private final AccessCheck check;
  private final AuditLog audit;

  AccessControl(AccessPolicy policy, AccessCheck check, AuditLog audit) {
    this.policy = policy;
    this.check = check;
    this.audit = audit;
  }

  /** Whether the call may go on. Never blocks. */
  Verdict judge(Call<?, ?> call) {
    return switch (policy) {
      case DENY -> BY_POLICY;
      case ALLOW -> passesCheck(call) ? Verdict.ADMITTED : BY_CHECK;
    };
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Verdict known = call.verdict();
    // A call that did not come through the door is not let in for that.
    Verdict verdict = known == null ? judge(call) : known;
    if (verdict instanceof Verdict.Denied(String by)) {
      throw refusal(call, by);
    }
    return next.invoke(call);
  }

  @Override
  public String describe() {
    return switch (policy) {
      case ALLOW -> "allowed, " + audit.count() + " denied by the application's check so far";
      case DENY -> "denied, " + audit.count() + " so far";
    };
  }

  private RpcException refusal(Call<?, ?> call, String by) {
    CallKey key = call.target().key();
    String sentence =
        "%s/%s may not call %s %s".formatted(key.from(), key.fromCluster(), key.to(), key.method());
    audit.denied(by);
    call.target().decisions().record(name(), by, sentence);
    return new RpcException(
        RpcCode.PERMISSION_DENIED, sentence, null, Execution.NOT_EXECUTED, Pushback.NEVER);
  }

  private boolean passesCheck(Call<?, ?> call) {
    if (check == AccessCheck.NONE) {
      return true;
    }
    try {
      // At the door no link has read it yet, and a check that misses it would judge wrongly.
      ReadHeaders.readBaggage(call);
    } catch (RpcException e) {
      // ReadHeaders stands above and says what is wrong with it.
      return false;
    }
    try {
      return check.allows(call);
    } catch (RuntimeException e) {
      // The check is the application's. Whatever is wrong with it, it has not said yes.
      log.error("The check of {} failed, so the call is denied", call.target().key(), e);
      return false;
    }
  }
}

package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.telemetry.Side;

/** One method of a server, which makes the way of each caller's calls to it. */
final class ServedMethod {

  private final Caller self;
  private final String method;
  private final Endpoint handler;
  private final Governance governance;
  private final Admission admission;
  private final AuditLog nameless;

  /**
   * @param self the service
   * @param method the method's own name
   * @param handler what stands at the end of each way
   * @param governance what all chains of the process share
   * @param admission what all chains of the server share
   */
  ServedMethod(
      Caller self, String method, Endpoint handler, Governance governance, Admission admission) {
    this.self = self;
    this.method = method;
    this.handler = handler;
    this.governance = governance;
    this.admission = admission;
    this.nameless = new AuditLog(keyOf(Caller.UNKNOWN), System::nanoTime);
  }

  /** The way of a caller's calls; a new one each time. */
  CallerPath pathOf(Caller caller) {
    return path(caller, handler);
  }

  /** The way of calls whose header cannot be read, which ends in a refusal. */
  CallerPath malformed() {
    return path(Caller.UNKNOWN, new Malformed());
  }

  private CallerPath path(Caller caller, Endpoint last) {
    CallKey key = keyOf(caller);
    Policies policies = governance.policies();
    if (NamedCallers.of(policies.current()).know(caller)) {
      governance.meters().keep(Side.SERVER, key);
    }
    return new CallerPath(
        policies, new ServerStack(key, last, governance, admission, auditOf(caller)));
  }

  /**
   * Several ways lead here for those without a name, and together they have one line in a while.
   */
  private AuditLog auditOf(Caller caller) {
    return caller.equals(Caller.UNKNOWN) ? nameless : new AuditLog(keyOf(caller), System::nanoTime);
  }

  private CallKey keyOf(Caller caller) {
    return new CallKey(caller.service(), caller.cluster(), self.service(), self.cluster(), method);
  }
}

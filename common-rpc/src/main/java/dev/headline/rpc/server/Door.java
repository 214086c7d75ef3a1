package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Verdict;

/**
 * Where it is decided whether a call is let in, on the event loop and before it costs a thread:
 * under overload a refusal has to be much cheaper than the work that it saves.
 *
 * <p>It asks two links of the chain in their order. They carry the verdict out when the call gets
 * to them; nothing above them blocks, so a call that is refused passes the chain on the event loop.
 *
 * @param access is asked first, so that a denied call takes no room
 * @param shedding is asked whether there is room
 */
record Door(AccessControl access, LoadShedding shedding) {

  /**
   * Sets the verdict on a call.
   *
   * @return leave to work on it, to be handed back; for a call that is refused, one that is free
   */
  Permit open(Call<?, ?> call) {
    Verdict verdict = access.judge(call);
    if (verdict instanceof Verdict.Denied) {
      call.verdict(verdict);
      return Permit.FREE;
    }
    return shedding.admit(call);
  }
}

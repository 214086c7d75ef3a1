package dev.headline.rpc;

/**
 * One call in, one reply out. The end of a chain (the network on the client, the handler on the
 * server) and every chain in front of it have this shape, so that they compose.
 */
public interface Endpoint {

  /**
   * Sends one unary call and returns its reply. Blocks the (virtual) thread until then.
   *
   * @throws RpcException if there is no reply; on cancellation of the {@link RequestContext} it is
   *     thrown at once, with {@link RpcCode#CANCELLED} or {@link RpcCode#DEADLINE_EXCEEDED}, and
   *     the call is cancelled on the wire
   */
  <Q, R> R invoke(Call<Q, R> call) throws RpcException;
}

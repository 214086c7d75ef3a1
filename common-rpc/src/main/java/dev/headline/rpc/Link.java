package dev.headline.rpc;

/**
 * One middleware with what comes after it; composed once, so that a call allocates nothing for its
 * way.
 */
record Link(Middleware middleware, Endpoint next) implements Endpoint {

  @Override
  public <Q, R> R invoke(Call<Q, R> call) throws RpcException {
    return middleware.handle(call, next);
  }
}

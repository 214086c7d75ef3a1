package dev.headline.rpc.server;

import dev.headline.rpc.RpcCode;

/** Leave to work on one request. Whoever has it hands it back once, whatever became of it. */
interface Permit {

  /** Of a request that is not counted, or will not be worked on. */
  Permit FREE = _ -> {};

  /**
   * Hands it back.
   *
   * @param outcome how the request ended
   */
  void release(RpcCode outcome);
}

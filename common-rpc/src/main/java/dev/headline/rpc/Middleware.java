package dev.headline.rpc;

import java.util.List;

/**
 * Surrounds an {@link Endpoint}. May answer without it, call it once, or call it again.
 *
 * <p>One instance serves all calls of a chain at once, so a middleware keeps no state of a call in
 * its fields: what belongs to a call lives in the {@link Call}.
 */
public interface Middleware {

  /**
   * Handles one call on its way to {@code next}.
   *
   * @throws RpcException if there is no reply
   */
  <Q, R> R handle(Call<Q, R> call, Endpoint next) throws RpcException;

  /** The name under which this link appears in a printed chain. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * What this link does by its policy and what state it is in, with its arithmetic, in words for
   * people: one or more lines, or nothing if its name says it all.
   */
  default String describe() {
    return "";
  }

  /** Numbers of its state that metrics show for as long as this link is part of a chain. */
  default List<Gauge> gauges() {
    return List.of();
  }

  /**
   * Whether a service mesh does the same in front of this process, so that this link is left out
   * where there is one.
   */
  default boolean isDoneBySidecar() {
    return false;
  }

  /**
   * Composes links into one endpoint. The list is in the direction in which a call travels: the
   * first link sees it first.
   *
   * @param outermostFirst the links
   * @param last what stands at the end
   */
  static Endpoint chain(List<? extends Middleware> outermostFirst, Endpoint last) {
    Endpoint chain = last;
    for (Middleware middleware : outermostFirst.reversed()) {
      chain = new Link(middleware, chain);
    }
    return chain;
  }
}

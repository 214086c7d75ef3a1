package dev.headline.rpc;

import java.util.List;

/**
 * The way of the calls of one five-tuple, as one policy table wants it.
 *
 * @param edition the number of the policies that it was composed for
 * @param target what is known of such calls
 * @param links what they pass, outermost first
 * @param chain the links, composed, with what stands at their end
 */
public record Path(long edition, Target target, List<Middleware> links, Endpoint chain) {

  /** Composes the links. */
  public static Path of(long edition, Target target, List<Middleware> links, Endpoint last) {
    return new Path(edition, target, List.copyOf(links), Middleware.chain(links, last));
  }
}

package dev.headline.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside the messages of one request on this host: what its handler tells its caller,
 * what its callees told it, and which replies were not theirs but a fallback's. Kitex calls the
 * first two backward metainfo. Nothing is made before something is noted. Safe for many threads.
 *
 * {@snippet :
 * RequestContext.current().notes().tellCaller("source", "replica"); // in a handler
 * RequestContext.current().notes().received("source"); // where it was called
 * }
 */
public final class Notes {

  /**
   * Past this many, nothing further is noted: whoever is called cannot fill the memory of a request
   * that never ends.
   */
  static final int MOST = 1_000;

  private volatile Baggage toCaller = Baggage.EMPTY;
  private volatile Map<String, String> received = Map.of();
  private volatile List<Degraded> degraded = List.of();

  /**
   * Tells the caller something beside the reply, and also if the call fails. It replaces an earlier
   * piece of the same name, and goes to the caller and no further; but for a {@linkplain
   * Baggage#HIGHEST high-water mark}, which replaces only lower ones and goes all the way back.
   *
   * @throws IllegalArgumentException if the piece, or all of them together, cannot {@linkplain
   *     Baggage travel}
   */
  public synchronized void tellCaller(String name, String value) {
    String told = toCaller.persistent().get(name);
    if (told == null || isNews(name, told, value)) {
      toCaller = toCaller.withPersistent(name, value);
    }
  }

  /** All pieces for the caller. */
  public Baggage toCaller() {
    return toCaller;
  }

  /**
   * Pieces that came back with a reply; they replace earlier ones of the same name, as far as
   * {@link #tellCaller} would.
   *
   * @throws IllegalArgumentException if a high-water mark among them has no place any more beside
   *     what the caller is told already
   */
  public synchronized void receive(Baggage pieces) {
    if (received.size() + pieces.persistent().size() > MOST) {
      return;
    }
    Map<String, String> all = new HashMap<>(received);
    pieces.persistent().forEach((name, value) -> all.merge(name, value, later(name)));
    received = Map.copyOf(all);
    pieces.persistent().forEach(this::passOn);
  }

  private void passOn(String name, String value) {
    if (name.startsWith(Baggage.HIGHEST)) {
      tellCaller(name, value);
    }
  }

  private static BinaryOperator<String> later(String name) {
    return (known, value) -> isNews(name, known, value) ? value : known;
  }

  private static boolean isNews(String name, String known, String value) {
    return !name.startsWith(Baggage.HIGHEST) || value.compareTo(known) > 0;
  }

  /**
   * What a callee told beside its reply or its failure; null if none did. Of several calls that
   * told the same, the last to end counts; {@link RequestContext#apart} keeps them apart.
   */
  public @Nullable String received(String name) {
    return received.get(name);
  }

  /** A reply was not the callee's, here or further on. */
  public synchronized void degraded(Degraded reply) {
    if (degraded.size() < MOST) {
      List<Degraded> all = new ArrayList<>(degraded);
      all.add(reply);
      degraded = List.copyOf(all);
    }
  }

  /** The replies so far that were not the callees', in the order in which they came. */
  public List<Degraded> degraded() {
    return degraded;
  }
}

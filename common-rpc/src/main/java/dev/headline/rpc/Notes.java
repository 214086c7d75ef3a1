package dev.headline.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** How many pieces there is always room for that are high-water marks. */
  static final int MARKS = 8;

  /** How many bytes of the text there is always room for that are high-water marks. */
  static final int MARK_BYTES = 1_024;

  private final @Nullable Notes whole;
  private volatile Baggage toCaller = Baggage.EMPTY;
  private volatile Map<String, String> received = Map.of();
  private volatile List<Degraded> degraded = List.of();

  /** Those of a request. */
  public Notes() {
    this(null);
  }

  private Notes(@Nullable Notes whole) {
    this.whole = whole;
  }

  /**
   * Notes of a part of the request. What callees tell it is kept apart; what is for the caller, and
   * that a reply was a fallback's, is of the whole.
   */
  Notes part() {
    return new Notes(this);
  }

  /**
   * Tells the caller something beside the reply, and also if the call fails. It replaces an earlier
   * piece of the same name, and goes to the caller and no further; but for a {@linkplain
   * Baggage#HIGHEST high-water mark}, which replaces only lower ones and goes all the way back.
   *
   * <p>Pieces that are no marks leave room for some that are, which come from wherever this request
   * goes: so many marks always fit.
   *
   * @throws IllegalArgumentException if the piece, or all of them together, cannot {@linkplain
   *     Baggage travel}, or if it would take the room for marks
   */
  public void tellCaller(String name, String value) {
    if (whole != null) {
      whole.tellCaller(name, value);
      return;
    }
    tellOwn(name, value);
  }

  private synchronized void tellOwn(String name, String value) {
    String told = toCaller.persistent().get(name);
    if (told != null && !isNews(name, told, value)) {
      return;
    }
    Baggage more = toCaller.withPersistent(name, value);
    if (!isMark(name)) {
      checkRoom(more);
    }
    toCaller = more;
  }

  private static void checkRoom(Baggage more) {
    Map<String, String> others = new HashMap<>(more.persistent());
    others.keySet().removeIf(Notes::isMark);
    int bytes = BaggageText.length(others, Map.of());
    if (others.size() > Baggage.MOST_PIECES - MARKS || bytes > Baggage.LONGEST_TEXT - MARK_BYTES) {
      throw new IllegalArgumentException(
          "A caller is told at most %d pieces of %d bytes beside high-water marks, but these are %d of %d"
              .formatted(
                  Baggage.MOST_PIECES - MARKS,
                  Baggage.LONGEST_TEXT - MARK_BYTES,
                  others.size(),
                  bytes));
    }
  }

  /** All pieces for the caller. */
  public Baggage toCaller() {
    return whole == null ? toCaller : whole.toCaller();
  }

  /**
   * Pieces that came back with a reply; they replace earlier ones of the same name, as far as
   * {@link #tellCaller} would.
   *
   * @throws IllegalArgumentException if there are high-water marks among them that have no place
   *     any more beside what the caller is told already, once all others are noted and passed on
   */
  public void receive(Baggage pieces) {
    if (!keep(pieces.persistent())) {
      return;
    }
    List<String> left = new ArrayList<>();
    // In order, so that it is no chance which ones find room.
    new TreeMap<>(pieces.persistent())
        .forEach(
            (name, value) -> {
              if (isMark(name) && !passOn(name, value)) {
                left.add(name);
              }
            });
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("There is no room to pass on the marks " + left);
    }
  }

  private synchronized boolean keep(Map<String, String> pieces) {
    if (received.size() + pieces.size() > MOST) {
      return false;
    }
    Map<String, String> all = new HashMap<>(received);
    pieces.forEach((name, value) -> all.merge(name, value, later(name)));
    received = Map.copyOf(all);
    return true;
  }

  private boolean passOn(String name, String value) {
    try {
      tellCaller(name, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isMark(String name) {
    return name.startsWith(Baggage.HIGHEST);
  }

  private static BinaryOperator<String> later(String name) {
    return (known, value) -> isNews(name, known, value) ? value : known;
  }

  private static boolean isNews(String name, String known, String value) {
    return !isMark(name) || value.compareTo(known) > 0;
  }

  /**
   * What a callee told beside its reply or its failure; null if none did. Of several calls that
   * told the same, the last to end counts; {@link RequestContext#apart} keeps them apart.
   */
  public @Nullable String received(String name) {
    return received.get(name);
  }

  /** A reply was not the callee's, here or further on. */
  public void degraded(Degraded reply) {
    noteDegraded(reply);
    if (whole != null) {
      whole.degraded(reply);
    }
  }

  private synchronized void noteDegraded(Degraded reply) {
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

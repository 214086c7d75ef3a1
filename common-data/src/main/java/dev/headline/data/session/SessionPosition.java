package dev.headline.data.session;

import dev.headline.data.WalPosition;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.RequestContext;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of one database the reader of the current request has seen or written: what he reads
 * next must show at least that. It arrives with the request as persistent baggage, and what is new
 * is told to the caller beside the reply, as a {@linkplain Baggage#HIGHEST high-water mark} that
 * goes all the way back. Whoever stands before the client keeps it for him and brings it along with
 * his next request, whichever way that comes.
 *
 * <p>There are two pieces, {@code max.wal.} for what was read and {@code max.wrote.} for what was
 * written, each with the database's name in lower case, and {@code -} for whatever a name may not
 * hold; their values are positions in 16 hexadecimal digits. A reader of whom nothing is known yet,
 * but whose reads are not to go back either, brings a piece {@value #SESSION} of any value.
 *
 * <p>Safe for use by many threads.
 *
 * @see <a href="https://doi.org/10.1109/PDIS.1994.331722">Session Guarantees for Weakly Consistent
 *     Replicated Data (Terry et al.)</a>
 */
public final class SessionPosition {

  /** Begins the name of the piece that says how much was read. */
  public static final String SEEN = Baggage.HIGHEST + "wal.";

  /** Begins the name of the piece that says how much was written. */
  public static final String WROTE = Baggage.HIGHEST + "wrote.";

  /** Names the piece by which a reader says that he will come again. */
  public static final String SESSION = "session";

  // Of one case and one length, so that the later position is the greater text.
  private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

  private static final Logger log = LoggerFactory.getLogger(SessionPosition.class);
  private static final int LONGEST_NAME = 63;

  private final String seen;
  private final String wrote;

  private SessionPosition(String seen, String wrote) {
    this.seen = seen;
    this.wrote = wrote;
  }

  /** Positions in this database, which all nodes of it share. */
  public static SessionPosition of(String database) {
    return new SessionPosition(piece(SEEN, database), piece(WROTE, database));
  }

  private static String piece(String prefix, String database) {
    String name = prefix + database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** The name of the piece that says what was read, to and fro. */
  public String seen() {
    return seen;
  }

  /** Whether the reader of the current request comes again, and wants to be shown no less then. */
  public boolean isKept() {
    Baggage baggage = RequestContext.current().origin().baggage();
    return baggage.get(seen) != null || baggage.get(wrote) != null || baggage.get(SESSION) != null;
  }

  /**
   * What the current request must at least be shown: what its reader brought, and what it has
   * itself written or read since. {@link WalPosition#START} if nothing is known.
   */
  public WalPosition needed() {
    return WalPosition.later(known(seen), written());
  }

  /**
   * What the reader of the current request has written. A cache that is told of each write asks for
   * this and not for what was read, which is later than nearly everything it keeps.
   */
  public WalPosition written() {
    return known(wrote);
  }

  /** The reader of the current request has read this much. */
  public void reached(WalPosition position) {
    if (!needed().hasReached(position)) {
      tell(seen, position);
    }
  }

  /** The reader of the current request has written this much. */
  public void wrote(WalPosition position) {
    if (!written().hasReached(position)) {
      tell(wrote, position);
    }
  }

  /** Of several told at once the highest counts. */
  private static void tell(String name, WalPosition position) {
    RequestContext.current().notes().tellCaller(name, DIGITS.toHexDigits(position.bytes()));
  }

  private static WalPosition known(String name) {
    RequestContext request = RequestContext.current();
    return WalPosition.later(
        parse(name, request.origin().baggage().get(name)),
        parse(name, request.notes().toCaller().get(name)));
  }

  /** Whoever sends nonsense has no position; what he reads is whatever everybody reads. */
  private static WalPosition parse(String name, @Nullable String text) {
    if (text == null) {
      return WalPosition.START;
    }
    try {
      return new WalPosition(HexFormat.fromHexDigitsToLong(text));
    } catch (IllegalArgumentException e) {
      log.debug("The position in {} cannot be read", name, e);
      return WalPosition.START;
    }
  }
}

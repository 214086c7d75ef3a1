package dev.headline.data.paging;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Keyset} as the opaque text that a caller hands back: 28 characters of base64url over a
 * version, the microsecond, the id, and a checksum.
 *
 * <p>The checksum also covers a scope, which is the list that the cursor belongs to, so a damaged
 * cursor and one of another list are both refused. It is no signature, because there is nothing to
 * protect: whoever makes up a position reads what could be read page by page.
 *
 * @param refusal the sentence for whoever sends anything else; it crosses the wire
 */
public record KeysetCursor(String refusal) {

  /** The first moment that a timestamp of the contracts can name. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final byte VERSION = 1;
  private static final int PAYLOAD = Byte.BYTES + Long.BYTES + Long.BYTES;
  private static final int SIZE = PAYLOAD + Integer.BYTES;

  /**
   * The cursor of a position, which loses what is below its microsecond; empty for none.
   *
   * @param scope names the list among all that this service has, for example {@code comments:42}
   */
  public String encode(String scope, @Nullable Keyset position) {
    if (position == null) {
      return "";
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(SIZE)
            .put(VERSION)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.at()))
            .putLong(position.id());
    bytes.putInt(checksum(scope, bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The position of a cursor; null for the empty one.
   *
   * @throws RpcException {@link RpcCode#INVALID_ARGUMENT} if {@link #encode} did not make it for
   *     this scope
   */
  public @Nullable Keyset decode(String scope, String cursor) {
    if (cursor.isEmpty()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(bytesOf(cursor));
    if (bytes.remaining() != SIZE || bytes.get() != VERSION) {
      throw foreign();
    }
    Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    long id = bytes.getLong();
    if (bytes.getInt() != checksum(scope, bytes) || at.isBefore(EARLIEST) || id <= 0) {
      throw foreign();
    }
    return new Keyset(at, id);
  }

  private byte[] bytesOf(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  private static int checksum(String scope, ByteBuffer bytes) {
    var checksum = new CRC32C();
    checksum.update(scope.getBytes(StandardCharsets.UTF_8));
    checksum.update(bytes.slice(0, PAYLOAD));
    return (int) checksum.getValue();
  }

  private RpcException foreign() {
    return new RpcException(RpcCode.INVALID_ARGUMENT, refusal);
  }
}

package dev.headline.gateway.http;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times of the wire. */
final class Times {

  private Times() {}

  static Instant of(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}

package dev.headline.data.cache;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.function.Function;

/**
 * How values are written for Redis: as protobuf messages, which cost least to read.
 *
 * @param parser reads a message
 * @param toMessage what stands for a value
 * @param fromMessage the value that a message stands for; throws if it stands for none
 * @param <V> a value
 * @param <M> its message
 */
public record Form<V, M extends MessageLite>(
    Parser<M> parser, Function<V, M> toMessage, Function<M, V> fromMessage) {

  /** For values that are messages themselves. */
  public static <M extends MessageLite> Form<M, M> of(Parser<M> parser) {
    return new Form<>(parser, Function.identity(), Function.identity());
  }

  MessageLite message(V value) {
    return toMessage.apply(value);
  }

  V value(byte[] bytes, int offset) throws InvalidProtocolBufferException {
    return fromMessage.apply(parser.parseFrom(bytes, offset, bytes.length - offset));
  }
}

package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Asks protobuf's parser about one value alone, in a message that has nothing else. */
final class LeafAlone implements LeafCheck {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonFormat.Parser parser;

  LeafAlone(JsonFormat.Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean refuses(FieldDescriptor field, JsonNode value) {
    JsonNode given = field.isRepeated() ? NODES.arrayNode().add(value) : value;
    String alone = NODES.objectNode().set(field.getName(), given).toString();
    try {
      parser.merge(alone, DynamicMessage.newBuilder(field.getContainingType()));
      return false;
    } catch (InvalidProtocolBufferException refusal) {
      return true;
    }
  }
}

package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import tools.jackson.databind.JsonNode;

/**
 * Between JSON and messages. What a text means is for protobuf's own {@link JsonFormat} to decide;
 * what it does not do is bound the text and name the field that is wrong, so the text is walked
 * before it, for its shape, and after a refusal, for the culprit.
 */
final class JsonMessages {

  private final JsonFormat.Parser parser;
  private final JsonFormat.Printer printer;
  private final FieldWalk shape = new FieldWalk(new ShapeOfLeaf());
  private final FieldWalk culprit;

  JsonMessages(TypeRegistry types) {
    parser = JsonFormat.parser().usingTypeRegistry(types);
    printer =
        JsonFormat.printer()
            .usingTypeRegistry(types)
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace()
            .alwaysPrintFieldsWithNoPresence();
    culprit = new FieldWalk(new LeafAlone(parser));
  }

  DynamicMessage read(Descriptor type, String json) {
    JsonNode tree = JsonText.parse(json);
    shape.walk(type, tree);
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    try {
      parser.merge(json, message);
    } catch (InvalidProtocolBufferException refusal) {
      culprit.walk(type, tree);
      throw new RpcException(
          RpcCode.INVALID_ARGUMENT, "Not a " + type.getName() + ": " + refusal.getMessage());
    }
    if (!message.isInitialized()) {
      String missing = message.findInitializationErrors().getFirst();
      throw new RpcException(RpcCode.INVALID_ARGUMENT, missing + ": required");
    }
    return message.build();
  }

  String write(DynamicMessage message) {
    try {
      return JsonText.indented(printer.print(message));
    } catch (InvalidProtocolBufferException unknownType) {
      throw new RpcException(
          RpcCode.INTERNAL, "The reply carries a message of a type unknown here", unknownType);
    }
  }
}

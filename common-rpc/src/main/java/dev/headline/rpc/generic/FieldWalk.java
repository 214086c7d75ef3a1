package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Walks JSON along the fields of a message, and stops where the two part: at a name that is no
 * field, at a list where none belongs, at a value that its check refuses. Safe for use by many
 * threads.
 */
final class FieldWalk {

  private static final String WHOLE = "the request";

  private final LeafCheck leaves;

  FieldWalk(LeafCheck leaves) {
    this.leaves = leaves;
  }

  /**
   * Returns if nothing is wrong.
   *
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT}, which names the first thing that is
   *     wrong by its path, such as {@code users[2].handle}
   */
  void walk(Descriptor type, JsonNode request) {
    // As a whole request, a well-known type is no field of anything and left to the parser.
    if (!WellKnown.isOne(type)) {
      message(type, request, "");
    }
  }

  private void message(Descriptor type, JsonNode node, String path) {
    if (!node.isObject()) {
      throw wrong(path.isEmpty() ? WHOLE : path, "not an object", node);
    }
    var names = new FieldNames(type);
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String inner = (path.isEmpty() ? "" : path + ".") + Excerpt.of(each.getKey());
      JsonNode value = each.getValue();
      FieldDescriptor field = names.resolve(each.getKey(), !value.isNull(), inner);
      // A field that is null is one that is not there.
      if (!value.isNull()) {
        field(field, value, inner);
      }
    }
  }

  private void field(FieldDescriptor field, JsonNode value, String path) {
    if (field.isMapField()) {
      map(field.getMessageType(), value, path);
    } else if (field.isRepeated()) {
      list(field, value, path);
    } else {
      single(field, value, path);
    }
  }

  private void list(FieldDescriptor field, JsonNode list, String path) {
    if (!list.isArray()) {
      throw wrong(path, "not a list", list);
    }
    int index = 0;
    for (JsonNode each : list) {
      element(field, each, path + "[" + index++ + "]");
    }
  }

  /** In protobuf, an entry of a map is a message with a key and a value. */
  private void map(Descriptor entry, JsonNode map, String path) {
    if (!map.isObject()) {
      throw wrong(path, "not an object", map);
    }
    FieldDescriptor key = entry.findFieldByNumber(1);
    FieldDescriptor value = entry.findFieldByNumber(2);
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      var name = new StringNode(each.getKey());
      String inner = path + "[" + Excerpt.of(name.toString()) + "]";
      if (leaves.refuses(key, name)) {
        throw wrong(inner, "its key is not " + Expected.of(key), name);
      }
      element(value, each.getValue(), inner);
    }
  }

  private void element(FieldDescriptor field, JsonNode value, String path) {
    if (value.isNull() && !Expected.mayBeNull(field)) {
      throw wrong(path, "not " + Expected.of(field), value);
    }
    single(field, value, path);
  }

  private void single(FieldDescriptor field, JsonNode value, String path) {
    if (field.getJavaType() == JavaType.MESSAGE && !WellKnown.isOne(field.getMessageType())) {
      message(field.getMessageType(), value, path);
    } else if (leaves.refuses(field, value)) {
      throw wrong(path, "not " + Expected.of(field), value);
    }
  }

  private static RpcException wrong(String path, String what, JsonNode value) {
    return new RpcException(
        RpcCode.INVALID_ARGUMENT, "%s: %s: %s".formatted(path, what, Excerpt.of(value.toString())));
  }
}

package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.words.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names in one object of JSON, each of which stands for another field of the message. A field
 * has two names, as in {@code user_id} and {@code userId}.
 */
final class FieldNames {

  private final Descriptor type;
  private final Map<FieldDescriptor, String> fields = new HashMap<>();
  private final Map<OneofDescriptor, String> choices = new HashMap<>();

  FieldNames(Descriptor type) {
    this.type = type;
  }

  /**
   * The field of that name.
   *
   * @param hasValue whether it has a value; of fields that exclude each other, one may have
   * @param path where the name stands
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT} if there is no such field, or if a
   *     name before has said the same or what excludes it
   */
  FieldDescriptor resolve(String name, boolean hasValue, String path) {
    FieldDescriptor field = find(name);
    if (field == null) {
      throw invalid(path, unknown(name));
    }
    String other = fields.put(field, name);
    if (other != null) {
      throw invalid(path, "the same field as " + other);
    }
    OneofDescriptor choice = field.getRealContainingOneof();
    String chosen = choice == null || !hasValue ? null : choices.put(choice, name);
    if (chosen != null) {
      throw invalid(path, "excludes %s, which is there too".formatted(chosen));
    }
    return field;
  }

  private @Nullable FieldDescriptor find(String name) {
    FieldDescriptor byName = type.findFieldByName(name);
    if (byName != null) {
      return byName;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private String unknown(String name) {
    List<String> known = type.getFields().stream().map(FieldDescriptor::getName).toList();
    if (known.isEmpty()) {
      return "no such field: %s has none".formatted(type.getName());
    }
    String nearest = Spelling.nearest(name, known);
    return "no such field%s; %s has: %s"
        .formatted(
            nearest == null ? "" : " (did you mean %s?)".formatted(nearest),
            type.getName(),
            String.join(", ", known));
  }

  private static RpcException invalid(String path, String sentence) {
    return new RpcException(RpcCode.INVALID_ARGUMENT, path + ": " + sentence);
  }
}

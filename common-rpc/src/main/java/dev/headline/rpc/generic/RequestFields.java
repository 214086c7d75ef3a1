package dev.headline.rpc.generic;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields of a message in the shape of its JSON: {@code [...]} is a list, {@code a | b} is one
 * of them, and a message within itself is only named.
 */
final class RequestFields {

  private static final String TYPE_PREFIX = "TYPE_";

  // Those that the walk is within.
  private final Set<Descriptor> outer = new LinkedHashSet<>();

  private RequestFields() {}

  static String of(Descriptor type) {
    return new RequestFields().message(type);
  }

  private String message(Descriptor type) {
    if (WellKnown.isOne(type) || !outer.add(type)) {
      return type.getName();
    }
    String fields =
        type.getFields().stream()
            .filter(RequestFields::comesFirst)
            .map(field -> alternatives(field).stream().map(this::field).collect(joining(" | ")))
            .collect(joining(", ", "{", "}"));
    outer.remove(type);
    return fields;
  }

  private String field(FieldDescriptor field) {
    return field.getName() + ": " + value(field);
  }

  private String value(FieldDescriptor field) {
    if (field.isMapField()) {
      List<FieldDescriptor> entry = field.getMessageType().getFields();
      return "{%s: %s}".formatted(single(entry.getFirst()), single(entry.getLast()));
    }
    return field.isRepeated() ? "[%s]".formatted(single(field)) : single(field);
  }

  private String single(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> message(field.getMessageType());
      case ENUM ->
          field.getEnumType().getValues().stream()
              .map(EnumValueDescriptor::getName)
              .collect(joining("|"));
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
          field.getType().toProto().name().substring(TYPE_PREFIX.length()).toLowerCase(Locale.ROOT);
    };
  }

  private static List<FieldDescriptor> alternatives(FieldDescriptor field) {
    OneofDescriptor choice = field.getRealContainingOneof();
    return choice == null ? List.of(field) : choice.getFields();
  }

  private static boolean comesFirst(FieldDescriptor field) {
    return alternatives(field).getFirst().equals(field);
  }
}

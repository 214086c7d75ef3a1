package dev.headline.rpc.generic;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;

/** What a field wants, in words that follow "not". */
final class Expected {

  private Expected() {}

  static String of(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> "a 32-bit integer";
      case UINT32, FIXED32 -> "an unsigned 32-bit integer";
      case INT64, SINT64, SFIXED64 -> "a 64-bit integer";
      case UINT64, FIXED64 -> "an unsigned 64-bit integer";
      case FLOAT -> "a 32-bit floating-point number";
      case DOUBLE -> "a 64-bit floating-point number";
      case BOOL -> "true or false";
      case STRING -> "a string";
      case BYTES -> "bytes in Base64";
      case ENUM -> names(field.getEnumType());
      case MESSAGE, GROUP -> message(field.getMessageType());
    };
  }

  /** Whether null is a value of the field, as opposed to none. */
  static boolean mayBeNull(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE ->
          field.getMessageType().getFullName().equals(Value.getDescriptor().getFullName());
      case ENUM ->
          field.getEnumType().getFullName().equals(NullValue.getDescriptor().getFullName());
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> false;
    };
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .map(EnumValueDescriptor::getName)
        .collect(joining(", ", "one of ", ""));
  }

  private static String message(Descriptor type) {
    FieldDescriptor wrapped = WellKnown.wrapped(type);
    if (wrapped != null) {
      return of(wrapped);
    }
    if (!WellKnown.isOne(type)) {
      return "an object";
    }
    return switch (type.getName()) {
      case "Timestamp" -> "a time such as \"2026-01-31T12:00:00Z\"";
      case "Duration" -> "a duration such as \"1.5s\"";
      default -> "a " + type.getFullName();
    };
  }
}

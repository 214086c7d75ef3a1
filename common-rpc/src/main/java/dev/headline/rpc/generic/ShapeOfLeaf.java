package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses at first sight what protobuf's parser would take or spend long on: it takes a list of one
 * for its only element, and its time for a number in a string grows with the square of its length.
 */
final class ShapeOfLeaf implements LeafCheck {

  /** The longest text of a number, in characters; far more than any number here needs. */
  static final int LONGEST_NUMBER = 1_000;

  @Override
  public boolean refuses(FieldDescriptor field, JsonNode value) {
    FieldDescriptor scalar = scalar(field);
    if (scalar == null) {
      return false;
    }
    return value.isContainer()
        || (isNumber(scalar.getJavaType())
            && value.isString()
            && value.stringValue().length() > LONGEST_NUMBER);
  }

  /** The field itself, or the value that a wrapper such as Int64Value is around. */
  private static @Nullable FieldDescriptor scalar(FieldDescriptor field) {
    return field.getJavaType() != JavaType.MESSAGE
        ? field
        : WellKnown.wrapped(field.getMessageType());
  }

  private static boolean isNumber(JavaType type) {
    return switch (type) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }
}

package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The message types that ProtoJSON writes in a form of their own instead of field by field. */
final class WellKnown {

  private static final String PACKAGE = "google.protobuf";

  private static final Set<String> NAMES =
      Set.of(
          "Any",
          "BoolValue",
          "BytesValue",
          "DoubleValue",
          "Duration",
          "FieldMask",
          "FloatValue",
          "Int32Value",
          "Int64Value",
          "ListValue",
          "StringValue",
          "Struct",
          "Timestamp",
          "UInt32Value",
          "UInt64Value",
          "Value");

  private WellKnown() {}

  static boolean isOne(Descriptor type) {
    return type.getFile().getPackage().equals(PACKAGE) && NAMES.contains(type.getName());
  }

  /** The value that a type such as Int64Value is around; null for any other type. */
  static @Nullable FieldDescriptor wrapped(Descriptor type) {
    FieldDescriptor value = type.findFieldByName("value");
    return isOne(type) && type.getFields().size() == 1 ? value : null;
  }
}

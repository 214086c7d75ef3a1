package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.FieldDescriptor;
import tools.jackson.databind.JsonNode;

/** Judges what has no fields of its own: one number, string, enum, or well-known type. */
interface LeafCheck {

  /**
   * Whether that cannot be a value of the field, or one of its values if there may be several.
   *
   * @param field a scalar, an enum or a well-known type
   * @param value not null in JSON
   */
  boolean refuses(FieldDescriptor field, JsonNode value);
}

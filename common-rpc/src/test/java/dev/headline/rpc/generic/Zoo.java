package dev.headline.rpc.generic;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/** A contract with a field of each kind, as its compiler would describe it. */
final class Zoo {

  private static final String CONTRACT =
      """
      name: "zoo.proto" package: "zoo.v1" syntax: "proto3"
      dependency: "google/protobuf/timestamp.proto"
      dependency: "google/protobuf/duration.proto"
      dependency: "google/protobuf/struct.proto"
      dependency: "google/protobuf/wrappers.proto"
      enum_type {
        name: "Mood"
        value { name: "CALM" number: 0 } value { name: "ANGRY" number: 1 }
      }
      message_type {
        name: "Animal"
        oneof_decl { name: "diet" }
        nested_type {
          name: "CountsEntry" options { map_entry: true }
          field { name: "key" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
          field { name: "value" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
        }
        nested_type {
          name: "FriendsEntry" options { map_entry: true }
          field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
          field {
            name: "value" number: 2 type: TYPE_MESSAGE label: LABEL_OPTIONAL
            type_name: ".zoo.v1.Animal"
          }
        }
        field { name: "id" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
        field { name: "legs" number: 2 type: TYPE_UINT32 label: LABEL_OPTIONAL }
        field { name: "common_name" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL }
        field { name: "weight" number: 4 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
        field { name: "tame" number: 5 type: TYPE_BOOL label: LABEL_OPTIONAL }
        field { name: "picture" number: 6 type: TYPE_BYTES label: LABEL_OPTIONAL }
        field {
          name: "mood" number: 7 type: TYPE_ENUM label: LABEL_OPTIONAL type_name: ".zoo.v1.Mood"
        }
        field { name: "tags" number: 8 type: TYPE_INT64 label: LABEL_REPEATED }
        field {
          name: "children" number: 9 type: TYPE_MESSAGE label: LABEL_REPEATED
          type_name: ".zoo.v1.Animal"
        }
        field {
          name: "counts" number: 10 type: TYPE_MESSAGE label: LABEL_REPEATED
          type_name: ".zoo.v1.Animal.CountsEntry"
        }
        field {
          name: "friends" number: 11 type: TYPE_MESSAGE label: LABEL_REPEATED
          type_name: ".zoo.v1.Animal.FriendsEntry"
        }
        field { name: "meat" number: 12 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
        field {
          name: "grass_per_day" number: 13 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 0
        }
        field {
          name: "born_at" number: 14 type: TYPE_MESSAGE label: LABEL_OPTIONAL
          type_name: ".google.protobuf.Timestamp"
        }
        field {
          name: "sleeps" number: 15 type: TYPE_MESSAGE label: LABEL_OPTIONAL
          type_name: ".google.protobuf.Duration"
        }
        field {
          name: "notes" number: 16 type: TYPE_MESSAGE label: LABEL_OPTIONAL
          type_name: ".google.protobuf.Struct"
        }
        field {
          name: "chip" number: 17 type: TYPE_MESSAGE label: LABEL_OPTIONAL
          type_name: ".google.protobuf.UInt64Value"
        }
      }
      message_type { name: "Nothing" }
      service {
        name: "ZooService"
        method { name: "Admit" input_type: ".zoo.v1.Animal" output_type: ".zoo.v1.Nothing" }
        method {
          name: "Find" input_type: ".zoo.v1.Nothing" output_type: ".zoo.v1.Animal"
          options { idempotency_level: NO_SIDE_EFFECTS }
        }
        method {
          name: "Feed" input_type: ".zoo.v1.Animal" output_type: ".zoo.v1.Animal"
          options { idempotency_level: IDEMPOTENT }
        }
        method {
          name: "Watch" input_type: ".zoo.v1.Nothing" output_type: ".zoo.v1.Animal"
          server_streaming: true
        }
      }
      """;

  static final FileDescriptor FILE = compile(CONTRACT);
  static final Descriptor ANIMAL = FILE.findMessageTypeByName("Animal");
  static final Descriptor NOTHING = FILE.findMessageTypeByName("Nothing");

  private Zoo() {}

  static FileDescriptor compile(String contract) {
    var file = FileDescriptorProto.newBuilder();
    try {
      TextFormat.merge(contract, file);
      FileDescriptor[] imports = {
        TimestampProto.getDescriptor(),
        DurationProto.getDescriptor(),
        StructProto.getDescriptor(),
        WrappersProto.getDescriptor()
      };
      return FileDescriptor.buildFrom(file.build(), imports);
    } catch (TextFormat.ParseException | DescriptorValidationException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

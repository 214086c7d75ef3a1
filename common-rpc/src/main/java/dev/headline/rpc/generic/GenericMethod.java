package dev.headline.rpc.generic;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import java.util.List;

/**
 * A unary method as its contract declares it, to be called with JSON. Immutable; safe for use by
 * many threads.
 */
public final class GenericMethod {

  private final String service;
  private final Contract contract;
  private final MethodDescriptor<DynamicMessage, DynamicMessage> wire;

  private GenericMethod(
      String service, Contract contract, MethodDescriptor<DynamicMessage, DynamicMessage> wire) {
    this.service = service;
    this.contract = contract;
    this.wire = wire;
  }

  static GenericMethod of(
      String service, com.google.protobuf.Descriptors.MethodDescriptor declared) {
    var contract = new Contract(declared);
    return new GenericMethod(service, contract, wire(contract));
  }

  /** The service that has it, such as {@code user-service}. */
  public String service() {
    return service;
  }

  /** Its own name, such as {@code BatchGet}. */
  public String name() {
    return contract.method().getName();
  }

  /** The fields of its request in the shape of the JSON, such as {@code {ids: [int64]}}. */
  public String requestFields() {
    return RequestFields.of(request());
  }

  /** Whether the contract says that calling it again does no harm. */
  public boolean isIdempotent() {
    return wire.isIdempotent();
  }

  Descriptor request() {
    return contract.method().getInputType();
  }

  /** What it takes and what it gives. */
  List<Descriptor> types() {
    return List.of(request(), contract.method().getOutputType());
  }

  /** With the name that generated code has for it, by which a channel knows it. */
  MethodDescriptor<DynamicMessage, DynamicMessage> wire() {
    return wire;
  }

  /** Service and name as people write them: {@code user-service/BatchGet}. */
  @Override
  public String toString() {
    return service + "/" + name();
  }

  private static MethodDescriptor<DynamicMessage, DynamicMessage> wire(Contract contract) {
    var method = contract.method();
    IdempotencyLevel level = method.getOptions().getIdempotencyLevel();
    boolean safe = level == IdempotencyLevel.NO_SIDE_EFFECTS;
    return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(
                method.getService().getFullName(), method.getName()))
        .setSafe(safe)
        .setIdempotent(safe || level == IdempotencyLevel.IDEMPOTENT)
        .setRequestMarshaller(marshaller(method.getInputType()))
        .setResponseMarshaller(marshaller(method.getOutputType()))
        .setSchemaDescriptor(contract)
        .build();
  }

  private static MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  /** Where the chain finds what the contract says, as with generated code. */
  private record Contract(com.google.protobuf.Descriptors.MethodDescriptor method)
      implements ProtoMethodDescriptorSupplier {

    @Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return method;
    }

    @Override
    public ServiceDescriptor getServiceDescriptor() {
      return method.getService();
    }

    @Override
    public FileDescriptor getFileDescriptor() {
      return method.getFile();
    }
  }
}

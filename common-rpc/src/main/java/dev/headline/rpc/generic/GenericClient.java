package dev.headline.rpc.generic;

import com.google.protobuf.DynamicMessage;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.client.Clients;
import io.grpc.CallOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

/**
 * Calls any method of a {@link Catalog} with JSON, governed like every other call: the same chain,
 * the same policy, the same meters. Safe for use by many threads.
 *
 * {@snippet :
 * new GenericClient(clients, catalog).call("user-service", "BatchGet", "{\"ids\": [\"17\"]}");
 * }
 */
public final class GenericClient {

  private final Clients clients;
  private final Catalog catalog;
  private final JsonMessages messages;

  /**
   * @param clients the way to the services; stays the caller's to close
   * @param catalog what can be called
   */
  public GenericClient(Clients clients, Catalog catalog) {
    this.clients = clients;
    this.catalog = catalog;
    this.messages = new JsonMessages(catalog.types());
  }

  /**
   * Makes one call and blocks until its reply is there, the deadline of the {@linkplain
   * dev.headline.rpc.RequestContext request} has passed or the request is cancelled.
   *
   * @param service such as {@code user-service}
   * @param method its own name, such as {@code BatchGet}
   * @param json the request as ProtoJSON (RFC 8259, at most 1 MiB in UTF-8 and 32 levels deep),
   *     with fields by their names in the contract or in camel case; 64-bit integers may be numbers
   *     or strings
   * @return the reply as ProtoJSON, indented, with every field by its name in the contract, also
   *     those that are zero or empty; 64-bit integers are strings, because a reader that takes
   *     numbers for floating point would round them
   * @throws RpcException as the call fails; also with {@link RpcCode#NOT_FOUND} if there is no such
   *     method, and with {@link RpcCode#INVALID_ARGUMENT} if the text is no request of it, which
   *     names the field by its path, such as {@code users[2].handle}; then nothing is sent
   */
  public String call(String service, String method, String json) {
    return call(catalog.method(service, method), json);
  }

  /** The same for a method that the catalog has given. */
  public String call(GenericMethod method, String json) {
    DynamicMessage request = messages.read(method.request(), json);
    var channel = clients.channel(method.service());
    try {
      return messages.write(
          ClientCalls.blockingUnaryCall(channel, method.wire(), CallOptions.DEFAULT, request));
    } catch (StatusRuntimeException failure) {
      throw RpcException.from(failure);
    }
  }
}

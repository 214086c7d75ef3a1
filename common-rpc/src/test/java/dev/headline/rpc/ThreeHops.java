package dev.headline.rpc;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three services in a row: one → two → three. */
abstract class ThreeHops extends OverEachTransport {

  final Users two = new Users();
  final Users three = new Users();
  final Pair toTwo = new Pair(PATIENT);
  final Pair toThree = new Pair(PATIENT);
  final List<Origin> arrived = new CopyOnWriteArrayList<>();

  ThreeHops(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void serveTheOtherHops() throws IOException {
    toTwo.serve(two, address());
    toThree.serve(three, address());
    users.answer = onwardTo(toTwo.stub);
    two.answer = onwardTo(toThree.stub);
    three.answer = this::arrive;
  }

  @AfterEach
  void closeTheOtherHops() {
    toTwo.close();
    toThree.close();
  }

  /** A server that is not ours. */
  Server plain(Address address, List<List<String>> baggage, Metadata trailers) throws IOException {
    ServerInterceptor capture =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            Iterable<String> texts = headers.getAll(BaggageText.HEADER);
            baggage.add(
                texts == null
                    ? List.of()
                    : StreamSupport.stream(texts.spliterator(), false).toList());
            return next.startCall(call, headers);
          }
        };
    return Listeners.prepare(address)
        .addService(
            ServerInterceptors.intercept(
                three, capture, MetadataUtils.newAttachMetadataServerInterceptor(trailers)))
        .build()
        .start();
  }

  Function<BatchGetRequest, BatchGetResponse> onwardTo(UserServiceBlockingStub stub) {
    return request -> {
      arrive(request);
      return stub.batchGet(request);
    };
  }

  BatchGetResponse arrive(BatchGetRequest request) {
    arrived.add(RequestContext.current().origin());
    return Users.everybody(request);
  }

  static <T> void within(Baggage baggage, Supplier<T> work) {
    try (var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(baggage), LONG)) {
      var _ = request.context().call(work);
    }
  }
}

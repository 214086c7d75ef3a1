package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.transport.Channels;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What travels beside the messages, from hop to hop and back: one → two → three. */
@ParameterizedClass
@EnumSource
class PassageTest extends OverEachTransport {

  private static final String LONELY = "\uD83D";

  private final Users two = new Users();
  private final Users three = new Users();
  private final Pair toTwo = new Pair(PATIENT);
  private final Pair toThree = new Pair(PATIENT);
  private final List<Origin> arrived = new CopyOnWriteArrayList<>();

  PassageTest(Transport transport) {
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

  @Test
  void whatIsPersistentReachesTheThirdHopAndWhatIsTransientTheFirst() {
    within(
        Baggage.EMPTY.withPersistent("lane", "blue, 50 %").withTransient("token", "é"),
        () -> pair.stub.batchGet(Users.ask(1)));

    assertThat(arrived)
        .extracting(Origin::baggage)
        .containsExactly(
            Baggage.EMPTY.withPersistent("lane", "blue, 50 %").withTransient("token", "é"),
            Baggage.EMPTY.withPersistent("lane", "blue, 50 %"),
            Baggage.EMPTY.withPersistent("lane", "blue, 50 %"));
  }

  @Test
  void aForkTakesEverythingAlong() {
    users.answer =
        request -> {
          arrive(request);
          return RequestContext.current().fork(() -> toTwo.stub.batchGet(request)).join();
        };

    within(
        Baggage.EMPTY.withPersistent("lane", "blue").withTransient("token", "x"),
        () -> RequestContext.current().fork(() -> pair.stub.batchGet(Users.ask(1))).join());

    assertThat(arrived)
        .extracting(Origin::baggage)
        .containsExactly(
            Baggage.EMPTY.withPersistent("lane", "blue").withTransient("token", "x"),
            Baggage.EMPTY.withPersistent("lane", "blue"),
            Baggage.EMPTY.withPersistent("lane", "blue"));
  }

  @Test
  void aHopMayAddPiecesOfItsOwn() {
    users.answer =
        request -> {
          arrive(request);
          RequestContext here = RequestContext.current();
          Baggage more =
              here.onward().withPersistent("seen-by", "one").withTransient("token", "new");
          return here.with(more).call(() -> toTwo.stub.batchGet(request));
        };

    within(Baggage.EMPTY.withTransient("token", "old"), () -> pair.stub.batchGet(Users.ask(1)));

    assertThat(arrived)
        .extracting(Origin::baggage)
        .containsExactly(
            Baggage.EMPTY.withTransient("token", "old"),
            Baggage.EMPTY.withPersistent("seen-by", "one").withTransient("token", "new"),
            Baggage.EMPTY.withPersistent("seen-by", "one"));
  }

  @Test
  void thereIsOneHeaderForAllPiecesAndNoneForNothing() throws IOException {
    var seen = new CopyOnWriteArrayList<List<String>>();
    Address address = address();
    Server plain = plain(address, seen, new Metadata());
    try (var other = new Pair(PATIENT)) {
      other.register("plain", Listeners.actual(address, plain));
      other.stub.batchGet(Users.ask(1));
      within(
          Baggage.EMPTY.withPersistent("a", "1").withTransient("b", "2"),
          () -> other.stub.batchGet(Users.ask(1)));
    } finally {
      plain.shutdownNow();
    }

    assertThat(seen).containsExactly(List.of(), List.of("a=1,b=2;t"));
  }

  @Test
  void aReplyCountsEvenIfWhatStandsBesideItCannotBeRead() throws IOException {
    var nonsense = new Metadata();
    nonsense.put(BaggageText.TRAILER, "no piece");
    Address address = address();
    Server plain = plain(address, new CopyOnWriteArrayList<>(), nonsense);
    try (var other = new Pair(PATIENT)) {
      other.register("plain", Listeners.actual(address, plain));

      assertThat(other.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    } finally {
      plain.shutdownNow();
    }
  }

  @Test
  void baggageThatCannotBeReadIsRefused() throws IOException {
    var server =
        new GovernedServer(Pair.USER_SERVICE, address(), List.of(users), pair.governance, false);
    ManagedChannel plain = Channels.open(server.start());
    try {
      var headers = new Metadata();
      headers.put(BaggageText.HEADER, "Lane=blue");
      var stub =
          UserServiceGrpc.newBlockingStub(plain)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

      var failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> stub.batchGet(Users.ask(1)));
      assertThat(RpcException.from(failure))
          .hasMessageStartingWith("The header x-rpc-baggage: A piece of baggage is named by")
          .extracting(RpcException::code)
          .isEqualTo(RpcCode.INVALID_ARGUMENT);
      assertThat(arrived).isEmpty();
    } finally {
      plain.shutdownNow();
      server.close();
    }
  }

  @Test
  void nobodySmugglesBaggageByAHeaderOfHisOwn() {
    var smuggled = new Metadata();
    smuggled.put(BaggageText.HEADER, "lane=smuggled");

    pair.stub
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(smuggled))
        .batchGet(Users.ask(1));

    assertThat(arrived).extracting(Origin::baggage).containsOnly(Baggage.EMPTY);
  }

  @Test
  void aHandlerTellsItsCallerAndNobodyBeyond() {
    three.answer = telling("told-by", "three");
    two.answer =
        request -> {
          BatchGetResponse reply = toThree.stub.batchGet(request);
          RequestContext here = RequestContext.current();
          here.notes().tellCaller("two-heard", requireNonNull(here.notes().received("told-by")));
          return reply;
        };

    within(
        Baggage.EMPTY,
        () -> {
          toTwo.stub.batchGet(Users.ask(1));
          assertThat(RequestContext.current().notes().received("two-heard")).isEqualTo("three");
          assertThat(RequestContext.current().notes().received("told-by")).isNull();
          return "";
        });
  }

  @Test
  void aCallerIsToldEvenIfTheCallFails() {
    users.answer =
        request -> {
          RequestContext.current().notes().tellCaller("hint", "a, b");
          throw new RpcException(RpcCode.NOT_FOUND, "Nobody");
        };

    within(
        Baggage.EMPTY,
        () -> {
          assertThat(failureOfCall().code()).isEqualTo(RpcCode.NOT_FOUND);
          assertThat(RequestContext.current().notes().received("hint")).isEqualTo("a, b");
          return "";
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"OK", "NOT_FOUND"})
  void whatEndsACallArrivesHoweverMuchIsToldBesideIt(RpcCode outcome) {
    pair.governance.policies().publish(new PolicyTable(PATIENT.with(Detail.FULL), List.of()));
    users.answer = request -> tellingAll(request, outcome);

    within(
        Baggage.EMPTY,
        () -> {
          if (outcome == RpcCode.OK) {
            assertThat(pair.stub.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
          } else {
            assertThat(failureOfCall().code()).isEqualTo(outcome);
          }
          Notes notes = RequestContext.current().notes();
          assertThat(notes.degraded()).hasSize(DegradedText.MOST);
          // A sentence that takes most of the room leaves too little for the longest text.
          assertThat(notes.received("a") != null).isEqualTo(outcome == RpcCode.OK);
          return "";
        });
  }

  private BatchGetResponse tellingAll(BatchGetRequest request, RpcCode outcome) {
    Notes notes = RequestContext.current().notes();
    for (String name : List.of("a", "b", "c", "d")) {
      notes.tellCaller(name, "x".repeat(1_020));
    }
    for (int i = 10; i < 50; i++) {
      toThree.stub.batchGet(request);
      notes.degraded(
          new Degraded("s".repeat(60) + i, "M".repeat(60) + i, RpcCode.RESOURCE_EXHAUSTED, "No"));
    }
    if (outcome != RpcCode.OK) {
      throw new RpcException(outcome, "字".repeat(20_000));
    }
    return Users.everybody(request);
  }

  @Test
  void theLastToEndCountsUnlessCallsAreKeptApart() {
    users.answer = request -> telling("id", "" + request.getIds(0)).apply(request);

    within(
        Baggage.EMPTY,
        () -> {
          RequestContext here = RequestContext.current();
          pair.stub.batchGet(Users.ask(1));
          pair.stub.batchGet(Users.ask(2));
          assertThat(here.notes().received("id")).isEqualTo("2");

          RequestContext apart = here.apart();
          apart.call(() -> pair.stub.batchGet(Users.ask(3)));
          assertThat(apart.notes().received("id")).isEqualTo("3");
          assertThat(here.notes().received("id")).isEqualTo("2");
          return "";
        });
  }

  @Test
  void whatCannotTravelBackIsTheHandlersMistake() {
    var failures = new CopyOnWriteArrayList<IllegalArgumentException>();
    users.answer =
        request -> {
          Notes notes = RequestContext.current().notes();
          failures.add(
              requireNonNull(
                  catchThrowableOfType(
                      IllegalArgumentException.class, () -> notes.tellCaller("Big", LONELY))));
          failures.add(
              requireNonNull(
                  catchThrowableOfType(
                      IllegalArgumentException.class,
                      () -> notes.tellCaller("a", "x".repeat(1_025)))));
          return Users.everybody(request);
        };

    pair.stub.batchGet(Users.ask(1));

    assertThat(failures).hasSize(2);
  }

  @Test
  void workThatNobodyAskedForIsToldNothingUnlessApart() {
    users.answer = telling("a", "b");
    try (var work = RequestContext.background(Pair.GATEWAY)) {
      work.context().run(() -> pair.stub.batchGet(Users.ask(1)));
      assertThat(work.context().notes().received("a")).isNull();

      RequestContext apart = work.context().apart();
      apart.run(() -> pair.stub.batchGet(Users.ask(1)));
      assertThat(apart.notes().received("a")).isEqualTo("b");
    }
  }

  /** A server that is not ours. */
  private Server plain(Address address, List<List<String>> baggage, Metadata trailers)
      throws IOException {
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

  private Function<BatchGetRequest, BatchGetResponse> onwardTo(UserServiceBlockingStub stub) {
    return request -> {
      arrive(request);
      return stub.batchGet(request);
    };
  }

  private static Function<BatchGetRequest, BatchGetResponse> telling(String name, String value) {
    return request -> {
      RequestContext.current().notes().tellCaller(name, value);
      return Users.everybody(request);
    };
  }

  private BatchGetResponse arrive(BatchGetRequest request) {
    arrived.add(RequestContext.current().origin());
    return Users.everybody(request);
  }

  private static <T> void within(Baggage baggage, Supplier<T> work) {
    try (var request = RequestContext.open(Origin.of(Pair.GATEWAY).with(baggage), LONG)) {
      var _ = request.context().call(work);
    }
  }
}

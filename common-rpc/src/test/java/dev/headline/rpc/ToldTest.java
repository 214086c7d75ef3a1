package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler tells its caller beside the reply: one ← two ← three. */
@ParameterizedClass
@EnumSource
class ToldTest extends ThreeHops {

  private static final String LONELY = "\uD83D";

  ToldTest(Transport transport) {
    super(transport);
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
    for (String name : List.of("a", "b", "c")) {
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

  private static Function<BatchGetRequest, BatchGetResponse> telling(String name, String value) {
    return request -> {
      RequestContext.current().notes().tellCaller(name, value);
      return Users.everybody(request);
    };
  }
}

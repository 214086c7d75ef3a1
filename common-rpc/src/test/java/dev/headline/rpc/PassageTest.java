package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.transport.Channels;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What travels beside the messages, from hop to hop: one → two → three. */
@ParameterizedClass
@EnumSource
class PassageTest extends ThreeHops {

  PassageTest(Transport transport) {
    super(transport);
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
}

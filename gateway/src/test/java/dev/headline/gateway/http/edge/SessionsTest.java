package dev.headline.gateway.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class SessionsTest {

  private final Sessions sessions = new Sessions(new SessionSettings(null, Duration.ofMinutes(10)));
  private final HttpHeaders headers = new HttpHeaders();

  @Test
  void whoComesAgainSaysSo() {
    headers.set(Sessions.HEADER, Sessions.NEW);

    assertThat(sessions.join(Origin.of(Caller.UNKNOWN), headers).baggage().get(Sessions.PIECE))
        .isEqualTo("1");
  }

  @Test
  void aSessionWithoutRoomBesideTheRestIsTheClientsMistake() {
    Baggage full =
        Baggage.EMPTY
            .withPersistent("a", "a".repeat(1_020))
            .withPersistent("b", "b".repeat(1_020))
            .withPersistent("c", "c".repeat(1_020))
            .withPersistent("d", "d".repeat(1_020));
    headers.set(Sessions.HEADER, Sessions.NEW);

    assertThatThrownBy(() -> sessions.join(Origin.of(Caller.UNKNOWN).with(full), headers))
        .isInstanceOf(ProblemException.class)
        .hasMessage("Baggage has at most 4096 bytes on the wire, but this has 4101");
  }
}

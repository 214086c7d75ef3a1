package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import dev.headline.rpc.BaggageText;
import dev.headline.rpc.CallHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a client's headers reaches the services. This gateway lets lanes in. */
class PassthroughTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void aLaneThatIsLetInReachesTheServices() {
    assertThat(get("X-Headline-Lane", "canary")).isEqualTo(200);
    assertThat(gateway.services().header(BaggageText.HEADER)).isEqualTo("lane=canary");
  }

  @Test
  void whatOnlyServicesSayToEachOtherAndWhatNobodyLetInStopsHere() {
    int status =
        get(
            "X-Rpc-Baggage",
            "lane=canary",
            "Baggage",
            "lane=canary",
            "X-Rpc-Call",
            "feed-service/default;1;c",
            "X-Headline-Token",
            "x",
            "X-Headline-Priority",
            "critical");

    assertThat(status).isEqualTo(200);
    assertThat(gateway.services().header(BaggageText.HEADER)).isNull();
    assertThat(gateway.services().header(CallHeader.KEY)).isEqualTo("gateway/default;1");
  }

  @Test
  void aClientMaySayThatItCanWait() {
    assertThat(get("X-Headline-Priority", "batch")).isEqualTo(200);
    assertThat(gateway.services().header(CallHeader.KEY)).isEqualTo("gateway/default;1;b");
  }

  @Test
  void aValueThatCannotTravelIsTheClientsMistake() {
    Reply reply = gateway.get("/api/v1/users/1", "X-Headline-Lane", "x".repeat(1_025));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/invalid-header");
    assertThat(reply.json("/detail").stringValue()).contains("at most 1024 bytes");
    assertThat(gateway.services().calls()).isZero();
  }

  private static int get(String... headers) {
    return gateway.get("/api/v1/users/1", headers).status();
  }
}

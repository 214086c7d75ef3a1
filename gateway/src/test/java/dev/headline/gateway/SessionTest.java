package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import dev.headline.rpc.BaggageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a client keeps what it has seen. */
class SessionTest {

  private static final String HEADER = "X-Headline-Session";
  private static final String PAGE =
      "/api/v1/feed?fields=Content_Info,Content.User_Info,Content.Comment_Info";

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void whatServicesTellComesBackWithTheNextRequest() {
    gateway.services().tells("max.wal.content-service=0007");
    String first = gateway.get(PAGE, HEADER, "new").header(HEADER);

    gateway.services().tells("max.wal.user-service=0003");
    String second = gateway.get(PAGE, HEADER, first).header(HEADER);

    assertThat(gateway.services().header(BaggageText.HEADER))
        .contains("max.wal.content-service=0007")
        .contains("session=1");
    gateway.get(PAGE, HEADER, second);
    assertThat(gateway.services().header(BaggageText.HEADER))
        .contains("max.wal.content-service=0007", "max.wal.user-service=0003");
  }

  @Test
  void aLowerMarkDoesNotReplaceAHigherOne() {
    gateway.services().tells("max.wal.content-service=0007");
    String first = gateway.get(PAGE, HEADER, "new").header(HEADER);

    gateway.services().tells("max.wal.content-service=0006");
    Reply second = gateway.get(PAGE, HEADER, first);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header(HEADER)).as("no news").isEmpty();
  }

  @Test
  void whoAsksForNoSessionHasNone() {
    Reply reply = gateway.get(PAGE);

    assertThat(reply.header(HEADER)).isEmpty();
    assertThat(gateway.services().header(BaggageText.HEADER)).isNull();
  }

  @Test
  void aWriterGetsOneWithoutAsking() {
    gateway.services().tells("max.wal.content-service=0007");

    assertThat(gateway.get(PAGE).header(HEADER)).isNotEmpty();
  }

  @Test
  void aForgedTokenIsRefusedBeforeAnyServiceIsAsked() {
    gateway.services().tells("max.wal.content-service=0007");
    String token = gateway.get(PAGE, HEADER, "new").header(HEADER);
    gateway.services().reset();

    Reply reply = gateway.get(PAGE, HEADER, "A" + token.substring(1));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/invalid-header");
    assertThat(gateway.services().calls()).isZero();
  }

  @Test
  void whatServicesTellEachOtherOtherwiseStaysInside() {
    gateway.services().tells("source=replica");

    assertThat(gateway.get(PAGE, HEADER, "new").header(HEADER)).isEmpty();
  }
}

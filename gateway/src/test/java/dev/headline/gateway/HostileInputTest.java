package dev.headline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import java.net.URLEncoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is asked, the answer is an answer or says that the client is wrong. */
class HostileInputTest {

  private static final int CASES = 2_000;

  /** The most that there is: among so many requests, some meet a pause of the machine. */
  private static final String[] UNHURRIED = {"X-Deadline-Ms", "2000"};

  private static final List<String> PATHS =
      List.of("/api/v1/feed", "/api/v1/contents/", "/api/v1/users/", "/api/v1/contents/1/comments");

  private static final List<String> NAMES =
      List.of("limit", "cursor", "follower", "fields", "explain", "x", "");

  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "2147483648",
          "9223372036854775808",
          "1e9",
          "NaN",
          "null",
          "\0",
          "\uFFFF",
          "Content_Info",
          "Content.User_Info,Content_Info",
          ",,,",
          "../../etc/passwd",
          "%00",
          "' or 1=1 --",
          "<script>alert(1)</script>",
          "${jndi:ldap://x}",
          "plan",
          "analyze");

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  private final Random random = new Random(20_261_121);

  @Test
  void noRequestIsOurFault() {
    for (int i = 0; i < CASES; i++) {
      String path = hostilePath();
      Reply reply = gateway.get(path, UNHURRIED);
      assertThat(reply.status()).as(path).isIn(200, 400, 404, 414);
      assertThat(reply.text()).as(path).doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void normalTrafficIsUnharmedByIt() {
    for (int i = 0; i < 50; i++) {
      gateway.get(hostilePath());
      assertThat(gateway.get("/api/v1/feed", UNHURRIED).status()).isEqualTo(200);
    }
  }

  private String hostilePath() {
    var path = new StringBuilder(any(PATHS));
    if (path.charAt(path.length() - 1) == '/') {
      path.append(hostileValue());
    }
    char separator = '?';
    for (int i = random.nextInt(4); i > 0; i--) {
      path.append(separator).append(any(NAMES)).append('=').append(hostileValue());
      separator = '&';
    }
    return path.toString();
  }

  private String hostileValue() {
    if (random.nextInt(3) == 0) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      var escaped = new StringBuilder();
      for (byte b : noise) {
        escaped.append("%%%02x".formatted(b));
      }
      return escaped.toString();
    }
    return URLEncoder.encode(any(VALUES).repeat(1 + random.nextInt(3)), UTF_8);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

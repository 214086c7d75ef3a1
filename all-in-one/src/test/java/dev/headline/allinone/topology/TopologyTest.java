package dev.headline.allinone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopologyTest {

  @Test
  void oneInstanceOfEachUnlessItIsSaidOtherwise() {
    Topology topology = Topology.distributed().with(Service.CONTENT, 2);

    assertThat(topology.instancesOf(Service.CONTENT))
        .containsExactly("content-service-1", "content-service-2");
    assertThat(topology.instancesOf(Service.GATEWAY)).containsExactly("gateway-1");
  }

  @Test
  void itDescribesItselfInTheWordsOfTheCommandLine() {
    assertThat(Topology.distributed().describe()).isEqualTo("distributed --port 8080");
    assertThat(Topology.unix().with(Service.FEED, 2).with(Service.USER, 3).at(9000).describe())
        .isEqualTo("--unix --with user-service=3 --with feed-service=2 --port 9000");
    assertThat(Topology.merged().with(Service.USER, 1).describe())
        .isEqualTo(Topology.merged().describe());
  }

  @Test
  void jvmsOfTheirOwnCannotCallEachOtherInProcess() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Topology(Transport.IN_PROCESS, Hosting.OWN_JVM, 0, Map.of()))
        .withMessageContaining("in process");
  }

  @Test
  void noneOrTooManyInstancesAreRefused() {
    Topology topology = Topology.distributed();

    assertThatIllegalArgumentException().isThrownBy(() -> topology.with(Service.FEED, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> topology.with(Service.FEED, 10))
        .withMessage("feed-service can have 1 to 9 instances, not 10");
    assertThatIllegalArgumentException().isThrownBy(() -> topology.at(65_536));
  }

  @Test
  void aServiceIsFoundByTheNameOfItsModule() {
    assertThat(Service.named("comment-service")).isEqualTo(Service.COMMENT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Service.named("comments"))
        .withMessageContaining("'comments'")
        .withMessageContaining("comment-service");
  }
}

package dev.headline.allinone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.discovery.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LayoutTest {

  private static final Path SOCKETS = Path.of("/run/headline");

  private final AtomicInteger next = new AtomicInteger(200);

  @Test
  void theTransportIsTheKindOfAddress() {
    assertThat(rpcOf(Topology.distributed())).isInstanceOf(Address.Tcp.class);
    assertThat(rpcOf(Topology.unix()))
        .isEqualTo(new Address.Unix(SOCKETS.resolve("user-service-1.sock")));
    assertThat(rpcOf(Topology.merged())).isEqualTo(new Address.InProcess("user-service-1"));
  }

  @Test
  void onlyTheFirstGatewayHasThePortThatWasAskedFor() {
    List<Placement> gateways =
        layout(Topology.distributed().with(Service.GATEWAY, 2).at(8080)).stream()
            .filter(placement -> placement.service() == Service.GATEWAY)
            .toList();

    assertThat(gateways.getFirst().httpUrl()).isEqualTo("http://127.0.0.1:8080");
    assertThat(gateways.getLast().httpPort()).isNotEqualTo(8080);
  }

  @Test
  void metricsOfTheGatewayAreNotOnThePublicPort() {
    Placement gateway = layout(Topology.distributed()).getLast();
    Placement user = layout(Topology.distributed()).getFirst();

    assertThat(gateway.managementPort()).isNotEqualTo(gateway.httpPort());
    assertThat(user.managementPort()).isEqualTo(user.httpPort());
    assertThat(gateway.rpc()).isEmpty();
  }

  @Test
  void noTwoInstancesShareAPort() {
    List<Placement> placements = layout(Topology.distributed().with(Service.CONTENT, 3));

    assertThat(placements).extracting(Placement::httpPort).doesNotHaveDuplicates();
    assertThat(placements).extracting(Placement::rpc).doesNotHaveDuplicates();
  }

  @Test
  void aPortThatIsDrawnTwiceIsGivenOutOnce() {
    Topology topology = Topology.distributed().at(101);
    List<Placement> placements = Layout.of(topology, () -> next.getAndIncrement() / 2, SOCKETS);

    List<Integer> ports =
        placements.stream()
            .flatMapToInt(
                placement ->
                    IntStream.concat(
                        IntStream.of(placement.httpPort(), placement.managementPort()).distinct(),
                        placement.rpc().stream()
                            .mapToInt(address -> ((Address.Tcp) address).port())))
            .boxed()
            .toList();
    assertThat(ports).hasSize(10).doesNotHaveDuplicates().contains(101);
  }

  private Address rpcOf(Topology topology) {
    return layout(topology).getFirst().rpc().orElseThrow();
  }

  private List<Placement> layout(Topology topology) {
    return Layout.of(topology, next::getAndIncrement, SOCKETS);
  }
}

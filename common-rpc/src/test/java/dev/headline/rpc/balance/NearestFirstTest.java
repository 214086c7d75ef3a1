package dev.headline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.discovery.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearestFirstTest {

  private static final int FILL = 4;
  private static final Distance HERE = new Distance(Set.of("10.0.0.9"));

  private final Node far = Nodes.at(new Address.Tcp("10.0.0.1", 1));
  private final Node sameHost = Nodes.at(new Address.Tcp("10.0.0.9", 1));
  private final Node unix = Nodes.at(new Address.Unix(Path.of("/tmp/socket")));
  private final Node inProcess = Nodes.at(new Address.InProcess("users"));
  private final List<Node> nodes = List.of(far, sameHost, unix, inProcess);
  private final Balancer balancer = over(nodes);

  private static Balancer over(List<Node> nodes) {
    return new NearestFirst(nodes, HERE, FILL, SlowStart.DEFAULT, new Random(3));
  }

  private Node pick() {
    return nodes.get(balancer.pick(Nodes.ALL, "a call", 0, 0));
  }

  private static void occupy(Node node, int calls) {
    for (int i = 0; i < calls; i++) {
      node.load().begin();
    }
  }

  @Test
  void eachFartherNodeIsPickedOnlyWhenTheNearerOnesHaveTheirFill() {
    assertThat(pick()).isSameAs(inProcess);
    occupy(inProcess, FILL - 1);
    assertThat(pick()).isSameAs(inProcess);
    occupy(inProcess, 1);
    assertThat(pick()).isSameAs(unix);
    occupy(unix, FILL);
    assertThat(pick()).isSameAs(sameHost);
    occupy(sameHost, FILL);
    assertThat(pick()).isSameAs(far);
  }

  @Test
  void whenAllHaveTheirFillTheLeastBusyIsPickedHoweverFarItIs() {
    nodes.forEach(node -> occupy(node, FILL + 1));
    far.load().cancelled(1, 0);

    assertThat(pick()).isSameAs(far);
  }

  @Test
  void aNodeThatIsUnusableIsPassedOver() {
    int picked = balancer.pick((node, _) -> node != 3, "a call", 0, 0);

    assertThat(nodes.get(picked)).isSameAs(unix);
  }

  @Test
  void equallyNearNodesHaveEqualShares() {
    var three =
        over(
            List.of(
                Nodes.at(new Address.Tcp("127.0.0.1", 1)),
                Nodes.at(new Address.Tcp("localhost", 2)),
                Nodes.at(new Address.Tcp("::1", 3))));

    Nodes.assertProportion(Nodes.picks(three, 3, 9_000, Nodes.ALL, 0), 1, 1, 1);
  }

  @Test
  void aNewNodeHasItsFillEarlier() {
    var fresh = new Node(inProcess.instance(), 0, inProcess.load());
    var two = over(List.of(fresh, far));

    assertThat(two.pick(Nodes.ALL, "a call", 0, 0)).isZero();
    occupy(fresh, 1);
    assertThat(two.pick(Nodes.ALL, "a call", 0, 0)).isOne();
  }

  @Test
  void thisMachineKnowsItsOwnAddresses() {
    assertThat(Distance.fromThisMachine().of(new Address.Tcp("127.0.0.1", 1)))
        .isEqualTo(Distance.SAME_HOST);
    assertThat(Distance.fromThisMachine().of(new Address.Tcp("203.0.113.7", 1)))
        .isEqualTo(Distance.ELSEWHERE);
  }

  @Test
  void whereNoneIsUsableNoneIsPicked() {
    assertThat(balancer.pick((_, _) -> false, "a call", 0, 0)).isEqualTo(Balancer.NONE);
  }
}

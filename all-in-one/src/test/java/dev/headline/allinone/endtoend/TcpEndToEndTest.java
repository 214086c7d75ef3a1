package dev.headline.allinone.endtoend;

import dev.headline.allinone.topology.Topology;

/** TCP between services. */
final class TcpEndToEndTest extends EndToEndSuite {

  TcpEndToEndTest() {
    super(Topology.distributed().inThisJvm());
  }
}

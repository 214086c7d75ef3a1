package dev.headline.allinone.endtoend;

import dev.headline.allinone.topology.Topology;

/** Unix domain sockets between services. */
final class UnixSocketEndToEndTest extends EndToEndSuite {

  UnixSocketEndToEndTest() {
    super(Topology.unix().inThisJvm());
  }
}

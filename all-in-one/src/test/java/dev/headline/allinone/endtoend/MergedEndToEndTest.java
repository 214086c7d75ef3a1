package dev.headline.allinone.endtoend;

import dev.headline.allinone.topology.Topology;

/** No network between services. */
final class MergedEndToEndTest extends EndToEndSuite {

  MergedEndToEndTest() {
    super(Topology.merged());
  }
}

package dev.headline.infra.postgres;

import dev.headline.infra.Endpoint;
import java.util.List;

/** The node that takes writes. */
final class PostgresPrimary extends PostgresNode {

  private PostgresPrimary(Installation installation, Endpoint endpoint) {
    super(installation, "primary", endpoint);
  }

  static PostgresPrimary start(Installation installation, Endpoint endpoint) {
    PostgresPrimary primary = new PostgresPrimary(installation, endpoint);
    primary.start();
    return primary;
  }

  @Override
  List<String> ownParameters() {
    return List.of();
  }
}

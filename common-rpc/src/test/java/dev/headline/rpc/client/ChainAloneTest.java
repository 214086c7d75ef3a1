package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Middleware;
import dev.headline.rpc.policy.CallPolicy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the client chain allocates by itself. Unlike time, allocation is free of noise, so that it
 * can be held to a bound wherever the tests run. With {@code -Dheadline.breakdown=true} it tells
 * what each link adds.
 */
final class ChainAloneTest {

  /** What is promised for a call, the stub included. */
  private static final long MOST_BYTES = 1_300;

  @Test
  void aCallAllocatesNoMoreThanIsPromised() throws IOException {
    try (var alone = new ChainAlone(CallPolicy.DEFAULT)) {
      if (Boolean.getBoolean("headline.breakdown")) {
        System.out.print(breakdown(alone));
      }
      assertThat(alone.stubAndChain()).as(() -> breakdown(alone)).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  /** The links added one after another. */
  private static String breakdown(ChainAlone alone) {
    List<Middleware> links = alone.links();
    long before = alone.links(0);
    var lines = new StringBuilder("%5d bytes: the call itself%n".formatted(before));
    for (int count = 1; count <= links.size(); count++) {
      long now = alone.links(count);
      lines.append("%5d %s%n".formatted(now - before, links.get(count - 1).name()));
      before = now;
    }
    return lines.append("%5d all, with the stub%n".formatted(alone.stubAndChain())).toString();
  }
}

package dev.headline.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.gateway.http.query.Parameters;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Degraded;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

class MetaTest {

  private static final ApiRequest REQUEST =
      new ApiRequest("name", null, Parameters.of(new LinkedMultiValueMap<>(), Set.of()), 0);

  @Test
  void aSubstituteIsNamedWithoutTheWordsOfTheFailure() {
    try (var request = RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(20))) {
      request
          .context()
          .notes()
          .degraded(
              new Degraded("comment-service", "BatchTop", RpcCode.UNAVAILABLE, "10.0.0.1 burns"));

      Meta meta = request.context().call(() -> Meta.of(REQUEST));

      assertThat(meta.degraded())
          .containsExactly(
              new Meta.Degraded(
                  "BatchTop",
                  RpcCode.UNAVAILABLE,
                  "The service cannot be reached. Something else was taken instead.",
                  0));
    }
  }
}

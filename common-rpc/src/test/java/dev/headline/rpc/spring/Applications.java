package dev.headline.rpc.spring;

import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application of ours consists of, ready to be run with other properties or beans. */
final class Applications {

  /** A user service that is found in this process only. */
  static final ApplicationContextRunner USER_SERVICE =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RpcAutoConfiguration.class))
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withPropertyValues(
              "headline.rpc.service=user-service",
              "headline.rpc.directory=local",
              "headline.rpc.listen=in-process:auto-configuration",
              "headline.rpc.spread=0s");

  private Applications() {}

  /** Makes it one that answers calls. */
  @Configuration(proxyBeanMethods = false)
  static class Services {

    @Bean
    UserServiceGrpc.UserServiceImplBase users() {
      return new UserServiceGrpc.UserServiceImplBase() {
        @Override
        public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
          observer.onNext(BatchGetResponse.getDefaultInstance());
          observer.onCompleted();
        }
      };
    }
  }
}

package dev.headline.rpc.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headline.rpc.Governance;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.spring.RpcAutoConfiguration;
import dev.headline.rpc.telemetry.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The program of an instance: the user service, started, governed and stopped as every service is,
 * and a side door past all governance by which a test tells it how to behave and asks what it has
 * seen.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(RpcAutoConfiguration.class)
class UserInstance {

  /** The property that says where the side door is. */
  static final String SIDE_DOOR = "side-door";

  static final String BEHAVIOUR = "/behaviour";
  static final String COUNTS = "/counts";
  static final String SHEDDING = "/shedding";

  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }

  @Bean
  ScriptedUsers users(@Value("${headline.rpc.instance}") String instance) {
    return new ScriptedUsers(instance);
  }

  /** Starts it with properties as {@code --name=value}; it ends by a signal. */
  public static void main(String[] arguments) throws IOException {
    ConfigurableApplicationContext application =
        new SpringApplicationBuilder(UserInstance.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off", "spring.main.keep-alive=true")
            .run(arguments);
    // Last, so that whoever finds it open finds the instance serving.
    openSideDoor(application);
  }

  private static void openSideDoor(ConfigurableApplicationContext application) throws IOException {
    int port = application.getEnvironment().getRequiredProperty(SIDE_DOOR, Integer.class);
    ScriptedUsers users = application.getBean(ScriptedUsers.class);
    MeterRegistry meters = application.getBean(MeterRegistry.class);
    Governance governance = application.getBean(Governance.class);
    // Whether a busy machine makes it refuse is the business of the test of overload alone.
    governance.policies().publish(shedding(false));
    HttpServer door =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    door.createContext(
        BEHAVIOUR,
        exchange -> {
          users.behave(Behaviour.parse(text(exchange)));
          reply(exchange, "");
        });
    door.createContext(
        SHEDDING,
        exchange -> {
          governance.policies().publish(shedding(Boolean.parseBoolean(text(exchange))));
          reply(exchange, "");
        });
    door.createContext(COUNTS, exchange -> reply(exchange, users.counts(arrived(meters)).format()));
    door.start();
  }

  private static PolicyTable shedding(boolean on) {
    AdmissionPolicy admission = on ? AdmissionPolicy.DEFAULT : new AdmissionPolicy.Off();
    return new PolicyTable(CallPolicy.DEFAULT.with(admission), List.of());
  }

  private static long arrived(MeterRegistry meters) {
    return meters.find(MetricNames.SERVER_DURATION).timers().stream().mapToLong(Timer::count).sum();
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void reply(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

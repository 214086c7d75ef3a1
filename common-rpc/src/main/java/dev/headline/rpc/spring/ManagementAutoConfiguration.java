package dev.headline.rpc.spring;

import java.net.InetAddress;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Keeps the HTTP port of an application that has it for management only where {@code
 * headline.management.address} says, whatever {@code server.address} says. The latter is where an
 * application serves its users, and is opened to the network for that; what a service tells of its
 * policies and callers must not be opened with it.
 *
 * <p>Spring Boot's own {@code management.server.address} needs a second server with a second
 * context, although here there would be nothing in the first.
 */
@AutoConfiguration
@ConditionalOnClass(WebServerFactoryCustomizer.class)
@ConditionalOnProperty(ManagementAutoConfiguration.ADDRESS)
public class ManagementAutoConfiguration {

  /** Where management listens: an address of this host; there is no such server if absent. */
  static final String ADDRESS = "headline.management.address";

  /** Without an order, so after Spring Boot's own, which applies {@code server.address}. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableWebServerFactory> managementAddress(
      @Value("${" + ADDRESS + "}") InetAddress address) {
    return factory -> factory.setAddress(address);
  }
}

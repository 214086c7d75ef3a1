package dev.headline.feed;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts feed-service. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

  /**
   * Starts it, and returns once it serves.
   *
   * @param arguments properties as {@code --name=value}
   */
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }
}

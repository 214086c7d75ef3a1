package dev.headline.data.route;

import dev.headline.data.pool.Pool;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A client that decides for each statement anew where it goes. */
public final class RoutedOperations implements InvocationHandler {

  private final Way way;

  /** Where statements go. */
  @FunctionalInterface
  public interface Way {

    /** Does work on the node that is chosen now. */
    @Nullable Object go(Function<Pool, @Nullable Object> work);
  }

  private RoutedOperations(Way way) {
    this.way = way;
  }

  public static JdbcClient client(Way way) {
    return JdbcClient.create(
        (JdbcOperations)
            Proxy.newProxyInstance(
                RoutedOperations.class.getClassLoader(),
                new Class<?>[] {JdbcOperations.class},
                new RoutedOperations(way)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    return way.go(pool -> invoke(pool.operations(), method, arguments));
  }

  private static @Nullable Object invoke(
      JdbcOperations operations, Method method, Object @Nullable [] arguments) {
    try {
      return method.invoke(operations, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new UndeclaredThrowableException(e.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("All that JdbcOperations declares is public", e);
    }
  }
}

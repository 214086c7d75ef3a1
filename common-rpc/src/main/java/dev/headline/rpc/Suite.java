package dev.headline.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Links of an application or of a company, bundled under one name, that are added to every chain of
 * a process at {@linkplain Place named places}. Kitex calls it the same. Immutable.
 *
 * {@snippet :
 * Suite audit = Suite.named("audit")
 *     .with(Place.AROUND_CALL, key -> new WhoAskedWhom(key))
 *     .with(Place.AROUND_HANDLER, key -> new WhoWasAnswered(key));
 * }
 *
 * @param name under which its links appear in a printed chain
 * @param additions in the order in which a call passes those of one place
 */
public record Suite(String name, List<Addition> additions) {

  /**
   * One link.
   *
   * @param place where it stands
   * @param make makes the link of one five-tuple; called once for each, so that a link may keep
   *     what belongs to it
   */
  public record Addition(Place place, Function<CallKey, ? extends Middleware> make) {}

  public Suite {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A suite needs a name");
    }
    additions = List.copyOf(additions);
  }

  /** A suite without links. */
  public static Suite named(String name) {
    return new Suite(name, List.of());
  }

  /** The same suite with one link more, beneath those that it has at that place. */
  public Suite with(Place place, Function<CallKey, ? extends Middleware> make) {
    List<Addition> more = new ArrayList<>(additions);
    more.add(new Addition(place, make));
    return new Suite(name, more);
  }

  /** The links that several suites add to the chain of a five-tuple at one place, in order. */
  public static List<Middleware> links(List<Suite> suites, Place place, CallKey key) {
    List<Middleware> links = new ArrayList<>();
    for (Suite suite : suites) {
      for (Addition addition : suite.additions()) {
        if (addition.place() == place) {
          links.add(new Added(suite.name(), addition.make().apply(key)));
        }
      }
    }
    return List.copyOf(links);
  }

  /** A link with the name of its suite. */
  private record Added(String suite, Middleware middleware) implements Middleware {

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      return middleware.handle(call, next);
    }

    @Override
    public String name() {
      return suite + ":" + middleware.name();
    }

    @Override
    public String describe() {
      return middleware.describe();
    }

    @Override
    public List<Gauge> gauges() {
      return middleware.gauges();
    }

    @Override
    public boolean isDoneBySidecar() {
      return middleware.isDoneBySidecar();
    }
  }
}

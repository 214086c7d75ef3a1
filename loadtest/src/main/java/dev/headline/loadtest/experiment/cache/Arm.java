package dev.headline.loadtest.experiment.cache;

import dev.headline.content.v1.Content;
import dev.headline.data.ReplicaRouter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;

/** One way to read a page. */
enum Arm {
  /** Through a cache in Redis, as it is where no setting says otherwise. */
  CACHED {
    @Override
    Reader open(Places places) {
      return new CachedReader(places);
    }
  },
  /** From the database, by the same router. */
  UNCACHED {
    @Override
    Reader open(Places places) {
      ReplicaRouter router = ReplicaRouter.open(places.database(), new SimpleMeterRegistry());
      return new Reader() {
        @Override
        public Map<Long, Content> read(Set<Long> ids) {
          return Contents.read(router.read(), ids);
        }

        @Override
        public void age(int pagesPerSecond, long seed) {
          // It keeps nothing.
        }
      };
    }
  };

  /** Connects, until the process ends. */
  abstract Reader open(Places places);
}

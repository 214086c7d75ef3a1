package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.hasty;
import static dev.headline.rpc.discovery.Instances.instances;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.Backoff;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A directory that follows a Consul with faults at will, on a clock that a test moves. */
abstract class BesideConsul {

  final AtomicLong clock = new AtomicLong();
  final Heard heard = new Heard();
  FakeConsul consul;
  ConsulDirectory directory;

  @BeforeEach
  void open() throws IOException {
    consul = new FakeConsul();
    directory = directory(consul);
  }

  @AfterEach
  void close() {
    directory.close();
    consul.close();
  }

  ConsulDirectory directory(FakeConsul consul) {
    return new ConsulDirectory(hasty(consul.uri()), new Backoff(new Random(1)), clock::get);
  }

  void awaitLast(List<Instance> instances) {
    await().until(() -> !heard.lists.isEmpty() && heard.lists.getLast().equals(instances));
  }

  void awaitQueries(int count) {
    await().until(() -> consul.indexes().size() >= count);
  }

  /** Whoever asks with an index has taken in what came with it. */
  void awaitQuery(long index) {
    await().until(() -> consul.indexes().getLast() == index);
  }
}

package dev.headline.loadtest.experiment.page;

import java.io.IOException;

/** One way to make the calls of a page, and to answer them. */
enum Side {
  /** What common-rpc does for a call, on both sides of it, as it is without a tracer. */
  GOVERNED {
    @Override
    int serve() throws IOException {
      return GovernedSide.serve();
    }

    @Override
    PageReader connect(int port) {
      return GovernedSide.connect(port);
    }
  },
  /** grpc-java as fast as we know to make it, with nothing around the call. */
  BARE {
    @Override
    int serve() throws IOException {
      return BareSide.serve();
    }

    @Override
    PageReader connect(int port) {
      return BareSide.connect(port);
    }
  },
  /** grpc-java as it is when nothing is set. */
  DEFAULTS {
    @Override
    int serve() throws IOException {
      return DefaultsSide.serve();
    }

    @Override
    PageReader connect(int port) {
      return DefaultsSide.connect(port);
    }
  };

  /** The longest that a page may take, on every side. */
  static final long DEADLINE_MILLIS = 800;

  static final String HOST = "127.0.0.1";

  /**
   * Serves {@link PageServices} until the process ends.
   *
   * @return the port
   */
  abstract int serve() throws IOException;

  /** Connects to what the same side serves. */
  abstract PageReader connect(int port);
}
